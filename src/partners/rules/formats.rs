//! The forms of codes and addresses.

/// Countries by their ISO 3166 codes of two letters.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI \
    BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY \
    CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN \
    GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH \
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL \
    PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN \
    VU WF WS YE YT ZA ZM ZW";

/// What to write in the place of a bad country.
pub const COUNTRY: &str = "a country by its ISO 3166 code of two capital letters, as `US`,";
/// What to write in the place of a bad currency.
pub const CURRENCY: &str = "a currency by its ISO 4217 code of three capital letters, as `USD`,";

/// A country's code of two letters.
pub fn is_country(text: &str) -> bool {
    text.len() == 2 && COUNTRIES.split(' ').any(|code| code == text)
}

/// A currency's code of three letters; which of them are in use changes too often to be listed.
pub fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// A NAICS code, from a sector's two digits to a national industry's six.
pub fn is_naics(text: &str) -> bool {
    (2..=6).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// An O*NET-SOC code.
pub fn is_occupation(text: &str) -> bool {
    let form = b"00-0000.00";
    let fits = |(letter, form): (u8, &u8)| match form {
        b'0' => letter.is_ascii_digit(),
        sign => letter == *sign,
    };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// The shape of an address: whether somebody reads it there, only a letter can tell.
pub fn is_email(text: &str) -> bool {
    let halves = text.split_once('@');
    halves.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
}

/// The shape of a web address.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| !host.is_empty())
        && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::{is_country, is_currency, is_email, is_naics, is_occupation, is_web_address};

    fn assert_form(fits: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(fits(text), "{text} is fine");
        }
        for text in bad {
            assert!(!fits(text), "{text:?} is not");
        }
    }

    #[test]
    fn codes_have_their_form() {
        assert_form(is_country, &["US", "DE"], &["", "us", "UK", "USA", "A ", "D A"]);
        assert_form(is_currency, &["USD"], &["", "usd", "US", "USDX", "U$D"]);
        assert_form(is_naics, &["62", "622110"], &["", "6", "6221100", "62a"]);
        let bad = ["29-1141", "2911-41.00", "29-1141.0x", "29-1141.000", ""];
        assert_form(is_occupation, &["29-1141.00"], &bad);
    }

    #[test]
    fn addresses_have_their_shape() {
        assert_form(is_email, &["a@b", "a.b@c.org"], &["", "a", "@b", "a@", "a@b@c", "a b@c"]);
        let good = ["https://a.org", "http://a.org/b?c#d"];
        let bad = ["", "a.org", "ftp://a.org", "https://", "https:///b", "https://a b", "http://?"];
        assert_form(is_web_address, &good, &bad);
    }
}
