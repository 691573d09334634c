//! Made-up people: a name, and addresses and numbers that reach nobody.
//!
//! Addresses lie below `example.org` and its sisters, which RFC 2606 keeps free for examples;
//! telephone numbers end in 555-01xx, which no exchange gives out.

use std::collections::HashMap;

use super::{
    dice::Dice,
    names::{NICKNAMES, ORIGINS, Origin},
};

/// Somebody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// First name.
    pub given: String,
    /// Last name.
    pub family: String,
}

impl Name {
    /// The first name that they go by, when it is another.
    pub fn nickname(&self) -> Option<&'static str> {
        let known = NICKNAMES.iter().find(|(given, _)| *given == self.given);
        known.map(|(_, nickname)| *nickname)
    }
}

/// A town full of people who do not exist.
pub struct People {
    dice: Dice,
    /// How many addresses begin the same way.
    addresses: HashMap<String, u32>,
}

impl People {
    /// The people of this seed and purpose.
    pub fn new(seed: u64, purpose: &str) -> Self {
        Self { dice: Dice::new(seed, purpose), addresses: HashMap::new() }
    }

    /// Somebody new.
    pub fn name(&mut self) -> Name {
        let origin = self.origin();
        let given = (*self.dice.pick(origin.given)).to_owned();
        // Families have mixed for generations.
        let family = if self.dice.chance(85) { origin } else { self.origin() };
        let family = (*self.dice.pick(family.family)).to_owned();
        Name { given, family }
    }

    /// Somebody of the same family, as a rule by the same name.
    pub fn relative(&mut self, of: &Name) -> Name {
        let shared = |origin: &&Origin| origin.family.contains(&of.family.as_str());
        let Some(origin) = ORIGINS.iter().find(shared) else { return self.name() };
        let given = (*self.dice.pick(origin.given)).to_owned();
        let family = if self.dice.chance(80) {
            of.family.clone()
        } else {
            (*self.dice.pick(origin.family)).to_owned()
        };
        Name { given, family }
    }

    /// An address in this domain that nobody else has.
    pub fn email(&mut self, name: &Name, domain: &str) -> String {
        let start = format!("{}.{}", plain(&name.given), plain(&name.family));
        let taken = self.addresses.entry(format!("{start}@{domain}")).or_default();
        *taken += 1;
        if *taken == 1 { format!("{start}@{domain}") } else { format!("{start}{taken}@{domain}") }
    }

    /// A number in this area that nobody answers.
    pub fn phone(&mut self, area: &str) -> String {
        format!("+1 {area}-555-01{:02}", self.dice.below(100))
    }

    fn origin(&mut self) -> &'static Origin {
        &ORIGINS[self.dice.weighted(&ORIGINS.map(|origin| origin.share))]
    }
}

/// The letters of an address: small, without accents.
fn plain(name: &str) -> String {
    name.to_lowercase().chars().filter_map(letter).collect()
}

fn letter(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' => letter,
        'á' | 'ả' | 'â' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' | 'ọ' => 'o',
        'ú' => 'u',
        'ñ' => 'n',
        'ś' => 's',
        'ł' => 'l',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Name, ORIGINS, People, plain};

    #[test]
    fn people_repeat_with_the_seed_and_addresses_never() {
        let town = |seed| {
            let mut people = People::new(seed, "town");
            (0..500).map(|_| people.name()).collect::<Vec<_>>()
        };
        assert_eq!(town(1), town(1));
        assert_ne!(town(1), town(2));
        let mut people = People::new(1, "town");
        let addresses: HashSet<_> =
            town(1).iter().map(|name| people.email(name, "example.org")).collect();
        assert_eq!(addresses.len(), 500);
    }

    #[test]
    fn every_letter_of_every_name_survives_in_an_address() {
        for name in ORIGINS.iter().flat_map(|origin| origin.given.iter().chain(origin.family)) {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert_eq!(plain(name).len(), letters, "{name}");
        }
    }

    #[test]
    fn numbers_reach_nobody() {
        let mut people = People::new(1, "town");
        assert!((0..100).all(|_| people.phone("970").starts_with("+1 970-555-01")));
    }

    #[test]
    fn some_go_by_another_name() {
        let name = |given: &str| Name { given: given.to_owned(), family: "Sexton".to_owned() };
        assert_eq!(name("Abigail").nickname(), Some("Abby"));
        assert_eq!(name("Owen").nickname(), None);
    }
}
