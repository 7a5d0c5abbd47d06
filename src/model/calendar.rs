//! Working calendars.

/// A working calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name in the plan file.
    pub name: String,
}
