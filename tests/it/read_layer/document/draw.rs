//! Choices out of random bytes; when they are used up, the simplest choice each time.

pub struct Draw<'a>(std::slice::Iter<'a, u8>);

impl<'a> Draw<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte) % end)
    }

    /// True in so many of 100 cases.
    pub fn in_100(&mut self, cases: usize) -> bool {
        self.below(100) >= 100 - cases
    }

    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}
