//! Numbers and months, as O*NET writes them.

use chrono::NaiveDate;

/// A number with at most two decimals, as `3.05`.
pub fn hundredths(text: &str) -> Option<i32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 2 {
        return None;
    }
    if !plain(whole) || !plain(decimals) {
        return None;
    }
    Some(whole.parse::<i32>().ok()? * 100 + format!("{decimals:0<2}").parse::<i32>().ok()?)
}

/// The first day of a month as `02/2026`.
pub fn month(text: &str) -> Option<NaiveDate> {
    let (month, year) = text.split_once('/')?;
    (year.len() == 4).then_some(())?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)
}

#[cfg(test)]
mod tests {
    use super::{hundredths, month};

    #[test]
    fn numbers_and_months_are_read_strictly() {
        assert_eq!(hundredths("3.05"), Some(305));
        assert_eq!(hundredths("7"), Some(700));
        assert_eq!(hundredths("1.5"), Some(150));
        for wrong in ["", ".5", "-1.00", "1.005", "1e0", "NaN", "+1", "1,5", "٣"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
        assert_eq!(month("02/2026").map(|day| day.to_string()).as_deref(), Some("2026-02-01"));
        for wrong in ["2026", "13/2026", "02/26", "2026/02", "x/2026"] {
            assert_eq!(month(wrong), None, "{wrong}");
        }
    }
}
