//! A stretch of wall-clock time as working intervals, searched from both sides in constant time.

/// Working intervals between two moments, counted in seconds from the first.
#[derive(Clone, Debug)]
pub(super) struct Spell {
    /// One mark at the beginning of each interval, one at 0 and one beyond the end.
    marks: Vec<Mark>,
    by_wall: Buckets,
    by_work: Buckets,
    /// Seconds from its first to its last moment.
    length: i64,
    /// The work done in all of it.
    work: i64,
}

/// The beginning of a working interval.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// Its moment.
    wall: i64,
    /// The work done before it.
    work: i64,
}

impl Spell {
    /// The spell of so many seconds with these working intervals: in order, not empty, disjoint.
    pub(super) fn new(length: i64, intervals: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let (mut marks, mut work, mut end) = (vec![Mark { wall: 0, work: 0 }], 0, 0);
        for (from, to) in intervals {
            if end != from {
                marks.push(Mark { wall: from, work });
            }
            work += to - from;
            end = to;
        }
        let by_wall = Buckets::new(length, marks.iter().map(|mark| mark.wall));
        let by_work = Buckets::new(work, marks.iter().map(|mark| mark.work));
        marks.push(Mark { wall: i64::MAX, work });
        Self { marks, by_wall, by_work, length, work }
    }

    pub(super) fn length(&self) -> i64 {
        self.length
    }

    pub(super) fn work(&self) -> i64 {
        self.work
    }

    /// Work done before a moment of the spell, `0 <= wall < length`.
    #[inline]
    pub(super) fn work_before(&self, wall: i64) -> i64 {
        let index = self.by_wall.last_within(wall, |index| self.marks[index].wall <= wall);
        let mark = self.marks[index];
        (mark.work + (wall - mark.wall)).min(self.marks[index + 1].work)
    }

    /// The moment at which the next second of work begins, `0 <= position < work`.
    #[inline]
    pub(super) fn moment_of(&self, position: i64) -> i64 {
        let index = self.by_work.last_within(position, |index| self.marks[index].work <= position);
        let mark = self.marks[index];
        mark.wall + (position - mark.work)
    }
}

/// Where in a list of ascending values to look for a number: a bucket for every 2^bits of range.
#[derive(Clone, Debug)]
struct Buckets {
    /// For each bucket, the index of the last value at or before its beginning.
    first: Vec<u32>,
    bits: u32,
    /// The most values that begin within one bucket.
    most: usize,
}

impl Buckets {
    /// Buckets so small that one rarely holds two values, but at most about sixteen for each value.
    fn new(range: i64, values: impl Iterator<Item = i64> + Clone) -> Self {
        let mean = range / values.clone().count() as i64;
        let widest = mean.max(1).ilog2() + 1;
        let narrowest = widest.saturating_sub(4);
        (narrowest..=widest)
            .rev()
            .map(|bits| Self::of_width(bits, range, values.clone()))
            .find(|buckets| buckets.most <= 1 || buckets.bits == narrowest)
            .expect("the narrowest buckets are always taken")
    }

    fn of_width(bits: u32, range: i64, values: impl Iterator<Item = i64>) -> Self {
        let mut values = values.peekable();
        let mut first = Vec::with_capacity((range >> bits) as usize + 2);
        let mut count = 0u32;
        for bucket in 0..(range >> bits) + 2 {
            while values.next_if(|&value| value <= bucket << bits).is_some() {
                count += 1;
            }
            first.push(count - 1);
        }
        let most = first.windows(2).map(|pair| (pair[1] - pair[0]) as usize).max().unwrap_or(0);
        Self { first, bits, most }
    }

    /// The index of the last value at or before a number below the range; `reached` tells of an
    /// index whether its value is.
    #[inline]
    fn last_within(&self, number: i64, reached: impl Fn(usize) -> bool) -> usize {
        let bucket = (number >> self.bits) as usize;
        let mut low = self.first[bucket] as usize;
        if self.most <= 4 {
            for _ in 0..self.most {
                low += usize::from(reached(low + 1));
            }
            return low;
        }
        let mut high = self.first[bucket + 1] as usize;
        while low < high {
            let middle = (low + high).div_ceil(2);
            if reached(middle) { low = middle } else { high = middle - 1 }
        }
        low
    }
}
