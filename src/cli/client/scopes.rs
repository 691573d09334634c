//! The scopes on the command line.

use entity::api_client::ApiClientKind;
use pathbridge::auth::{Scope, Scopes, client};

/// Everything that the kind of client may hold.
const ALL: &str = "all";

/// One value of `--scopes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whatever the kind of client may hold.
    All,
    /// These.
    These(Scopes),
}

impl Asked {
    /// Reads names between commas or spaces, or the word `all`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words = text.split([',', ' ']);
        let (all, named): (Vec<_>, Vec<_>) = words.partition(|word| *word == ALL);
        let asked = Scopes::parse(&named.join(" "));
        let asked =
            asked.map(|scopes| if all.is_empty() { Self::These(scopes) } else { Self::All });
        asked.map_err(|name| {
            let known: Vec<_> = Scope::GRANTABLE.into_iter().map(Scope::name).collect();
            format!("there is no scope `{name}`; there are: {ALL}, {}", known.join(", "))
        })
    }

    /// Everything that was asked for, for a client of this kind.
    pub fn together(asked: &[Self], kind: ApiClientKind) -> Scopes {
        let each = asked.iter().map(|asked| match asked {
            Self::All => client::grantable(kind),
            Self::These(scopes) => *scopes,
        });
        each.flat_map(Scopes::iter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiClientKind, Asked, client};

    fn read(words: &[&str]) -> String {
        let asked: Result<Vec<_>, _> = words.iter().map(|word| Asked::parse(word)).collect();
        Asked::together(&asked.unwrap(), ApiClientKind::Partner).to_string()
    }

    #[test]
    fn commas_and_spaces_are_the_same() {
        for words in [
            &["roster:read,hours:read"][..],
            &["roster:read, hours:read"],
            &["roster:read hours:read"],
            &["roster:read", "hours:read"],
            &["roster:read,", "hours:read"],
        ] {
            assert_eq!(read(words), "roster:read hours:read", "{words:?}");
        }
    }

    #[test]
    fn all_is_what_the_kind_may_hold() {
        assert_eq!(
            read(&["hours:read, all"]),
            client::grantable(ApiClientKind::Partner).to_string()
        );
    }

    #[test]
    fn a_scope_that_is_none_is_named() {
        let told = Asked::parse("all,roster:burn").unwrap_err();
        assert!(told.starts_with("there is no scope `roster:burn`; there are: all, "), "{told}");
    }
}
