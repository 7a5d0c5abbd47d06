//! The plan as it is believed: milestones, links, resources, money, calendars.
