//! The forms of codes, and titles that are the same though they are spelled differently.

/// Whether the text follows the pattern, in which `0` stands for any digit.
fn follows(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        })
}

/// Whether the text has the form of an O*NET-SOC code, as `29-1141.00`.
#[must_use]
pub fn is_onet_soc(text: &str) -> bool {
    follows(text, "00-0000.00")
}

/// Whether the text has the form of a detailed SOC code, as `29-1141`.
#[must_use]
pub fn is_soc(text: &str) -> bool {
    follows(text, "00-0000")
}

/// Whether the text has the form of a CIP code: a family `51`, a group `51.38` or a programme
/// `51.3801`.
#[must_use]
pub fn is_cip(text: &str) -> bool {
    ["00", "00.00", "00.0000"].into_iter().any(|pattern| follows(text, pattern))
}

/// Whether the text has the form of the CIP code of one programme, as `51.3801`.
#[must_use]
pub fn is_cip_program(text: &str) -> bool {
    follows(text, "00.0000")
}

/// The SOC code that an O*NET-SOC code refines.
#[must_use]
pub fn soc_of(onet_soc: &str) -> &str {
    onet_soc.get(..7).unwrap_or(onet_soc)
}

/// The code of a cluster, made of its title: small letters, words joined by hyphens. Frameworks of
/// clusters have no codes of their own, and their titles come in several spellings: `&` or `and`,
/// `A/V` or `Audio/Video`, with or without a comma before the last word.
#[must_use]
pub fn cluster_code(title: &str) -> String {
    let lower = title.to_lowercase().replace("audio/video", "a/v").replace('/', "");
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty() && *word != "and").collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::{cluster_code, is_cip, is_cip_program, is_onet_soc, is_soc, soc_of};

    #[test]
    fn codes_have_their_forms_and_no_other() {
        assert!(is_onet_soc("29-1141.00") && is_soc("29-1141") && is_cip_program("51.3801"));
        assert!(is_cip("51") && is_cip("51.38") && is_cip("51.3801"));
        for wrong in ["", "29-1141", "29-1141.0", "29-1141.000", "29.1141.00", "２9-1141.00"] {
            assert!(!is_onet_soc(wrong), "{wrong}");
        }
        for wrong in ["29-114", "29-1141.00", "29_1141", "291141-"] {
            assert!(!is_soc(wrong), "{wrong}");
        }
        for wrong in ["5", "51.3", "51.380", "51.38011", "51-3801"] {
            assert!(!is_cip(wrong) && !is_cip_program(wrong), "{wrong}");
        }
        assert!(!is_cip_program("51"));
        assert_eq!(soc_of("29-1141.00"), "29-1141");
        assert_eq!(soc_of("é"), "é");
    }

    #[test]
    fn spellings_of_one_title_make_one_code() {
        let spellings = [
            "Arts, A/V Technology & Communications",
            "Arts, Audio/Video Technology & Communications",
            "Arts, A/V Technology, and Communications",
        ];
        for spelling in spellings {
            assert_eq!(cluster_code(spelling), "arts-av-technology-communications");
        }
        assert_eq!(cluster_code("Arts, Entertainment, & Design"), "arts-entertainment-design");
        assert_eq!(cluster_code("Marketing"), "marketing");
    }
}
