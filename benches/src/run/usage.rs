//! What processes have used, as the kernel counts it.

use std::{fs, ops::Sub};

use anyhow::Context;

/// Milliseconds of a tick: Linux counts hundredths of a second, whatever it was built with.
const TICK: u64 = 10;

/// Processor time in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cpu(pub u64);

impl Sub for Cpu {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }
}

impl Cpu {
    /// Of one process.
    pub(super) fn of(pid: u32) -> anyhow::Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let times = fields(&stat).context("an unknown form of /proc/<pid>/stat")?;
        Ok(Self((times.own + times.waited) * TICK))
    }

    /// Of a process and all that it started, the ended ones too.
    pub(super) fn of_family(parent: u32) -> anyhow::Result<Self> {
        let mut sum = Self::of(parent)?.0;
        for entry in fs::read_dir("/proc")?.flatten() {
            // Processes come and go while we look; one that went is counted with its parent.
            let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
            if let Some(times) = fields(&stat).filter(|times| times.parent == parent) {
                sum += times.own * TICK;
            }
        }
        Ok(Self(sum))
    }
}

/// The most memory that a process has held, in kilobytes.
pub(super) fn peak_memory(pid: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.context("the kernel does not tell VmHWM")
}

struct Times {
    parent: u32,
    own: u64,
    waited: u64,
}

fn fields(stat: &str) -> Option<Times> {
    // The name stands in parentheses and may hold anything, parentheses too.
    let (_, rest) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Times {
        parent: fields.get(1)?.parse().ok()?,
        own: number(11)? + number(12)?,
        waited: number(13)? + number(14)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Cpu, fields, peak_memory};

    #[test]
    fn a_process_with_a_strange_name_is_read() {
        let times = fields("42 (a) b) S 7 42 42 0 -1 4194560 1 2 3 4 100 50 6 4 20 0").unwrap();
        assert_eq!((times.parent, times.own, times.waited), (7, 150, 10));
    }

    #[test]
    fn this_process_has_used_something() {
        assert!(Cpu::of_family(std::process::id()).is_ok());
        assert!(peak_memory(std::process::id()).unwrap() > 100);
    }
}
