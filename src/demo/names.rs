//! Names of people, by where families came from; made-up people are put together from them.

/// Given and family names that are often found together.
pub struct Origin {
    /// How many families of a hundred.
    pub share: usize,
    /// First names.
    pub given: &'static [&'static str],
    /// Last names.
    pub family: &'static [&'static str],
}

/// The families of the towns where the demo takes place.
pub const ORIGINS: [Origin; 9] = [
    Origin {
        share: 34,
        given: &[
            "Abigail", "Owen", "Hazel", "Caleb", "Nora", "Wyatt", "Ruby", "Jonah", "Clara", "Eli",
            "Paige", "Silas", "June", "Grant", "Tessa", "Miles", "Ivy", "Reid", "Georgia", "Theo",
            "Willa", "Austin", "Phoebe", "Cole",
        ],
        family: &[
            "Whitaker",
            "Barlow",
            "Ashby",
            "Thornton",
            "Merritt",
            "Calloway",
            "Hollis",
            "Pruitt",
            "Langley",
            "Stroud",
            "Fairbanks",
            "Gentry",
            "Haskell",
            "Ingram",
            "Kimball",
            "Lockhart",
            "Norwood",
            "Osborn",
            "Radcliff",
            "Sexton",
            "Tilden",
            "Underhill",
            "Wickham",
            "Yates",
        ],
    },
    Origin {
        share: 24,
        given: &[
            "Camila", "Mateo", "Ximena", "Diego", "Luciana", "Joaquín", "Valeria", "Andrés",
            "Renata", "Emiliano", "Paloma", "Rafael", "Itzel", "Tomás", "Marisol", "Adrián",
        ],
        family: &[
            "Herrera",
            "Castañeda",
            "Villalobos",
            "Montoya",
            "Escobedo",
            "Quintana",
            "Arriaga",
            "Beltrán",
            "Cisneros",
            "Dueñas",
            "Fuentes",
            "Gallegos",
            "Lucero",
            "Madrid",
            "Olivas",
            "Zamora",
        ],
    },
    Origin {
        share: 10,
        given: &[
            "Imani", "Malik", "Nia", "Darius", "Amara", "Isaiah", "Zora", "Terrence", "Kiara",
            "Andre", "Simone", "Marcus", "Ebony", "Julian",
        ],
        family: &[
            "Broadnax",
            "Gadsden",
            "Pettway",
            "Ravenell",
            "Mayfield",
            "Booker",
            "Hairston",
            "Tolliver",
            "Winfrey",
            "Dupree",
            "Latimer",
            "Gaines",
            "Singletary",
            "Bolden",
        ],
    },
    Origin {
        share: 7,
        given: &["Linh", "Minh", "Thảo", "Khoa", "Ngọc", "Bảo", "Trang", "Quân", "Vy", "Long"],
        family: &["Nguyen", "Tran", "Pham", "Huynh", "Vo", "Dang", "Bui", "Ngo", "Duong", "Ly"],
    },
    Origin {
        share: 6,
        given: &[
            "Aanya", "Rohan", "Priya", "Vikram", "Meera", "Arjun", "Kavya", "Nikhil", "Isha", "Dev",
        ],
        family: &[
            "Raman", "Kulkarni", "Banerjee", "Chopra", "Deshmukh", "Iyer", "Nair", "Sethi",
            "Trivedi", "Menon",
        ],
    },
    Origin {
        share: 6,
        given: &[
            "Mei", "Wei", "Jia", "Haoran", "Yuna", "Minjun", "Seo-yeon", "Kenji", "Hana", "Daichi",
        ],
        family: &["Liang", "Zhou", "Hsu", "Feng", "Kwon", "Yoon", "Seo", "Mori", "Okada", "Arai"],
    },
    Origin {
        share: 5,
        given: &[
            "Layla", "Yusuf", "Amina", "Karim", "Noor", "Samir", "Farah", "Idris", "Hodan", "Bilal",
        ],
        family: &[
            "Haddad", "Mansour", "Rahimi", "Osman", "Farouk", "Abdi", "Khoury", "Warsame", "Zaman",
            "Saleh",
        ],
    },
    Origin {
        share: 5,
        given: &[
            "Zofia", "Łukasz", "Katya", "Anton", "Milena", "Dmitri", "Ilona", "Marek", "Daria",
            "Viktor",
        ],
        family: &[
            "Kowalczyk",
            "Wiśniewski",
            "Petrenko",
            "Novák",
            "Horvat",
            "Sokolov",
            "Baran",
            "Zielinski",
            "Melnyk",
            "Dragan",
        ],
    },
    Origin {
        share: 3,
        given: &["Aiyana", "Chayton", "Winona", "Kai", "Leilani", "Takoda", "Kaya", "Sialea"],
        family: &["Begaye", "Yellowhorse", "Tsosie", "Redbird", "Kealoha", "Nakai", "Tso", "Mahoe"],
    },
];

/// What some people are called instead of their given name.
pub const NICKNAMES: [(&str, &str); 12] = [
    ("Abigail", "Abby"),
    ("Theo", "Teddy"),
    ("Georgia", "Gigi"),
    ("Emiliano", "Emi"),
    ("Rafael", "Rafa"),
    ("Marisol", "Mari"),
    ("Terrence", "Terry"),
    ("Isaiah", "Zay"),
    ("Vikram", "Vik"),
    ("Nikhil", "Nik"),
    ("Leilani", "Lani"),
    ("Katya", "Kat"),
];

/// Streets of the towns; none of them leads anywhere.
pub const STREETS: [&str; 16] = [
    "Cottonwood Street",
    "Millrace Road",
    "Foundry Avenue",
    "Old Ferry Road",
    "Juniper Lane",
    "Depot Street",
    "Quarry Hill Drive",
    "Larkspur Way",
    "Canal Street",
    "Orchard Row",
    "Meadowlark Drive",
    "Granite Avenue",
    "Switchyard Road",
    "Saddle Creek Lane",
    "Harvest Street",
    "Lantern Court",
];
