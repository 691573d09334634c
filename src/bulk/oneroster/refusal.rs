//! Why a row, a file or a whole bundle was not taken.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {
        /// A stable name for each thing that can be wrong or worth a note.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])+ $name,)+ }

        impl Code {
            /// The name as it stands in reports; it never changes.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

codes! {
    /// Nothing stands at the path.
    NotFound = "NOT_FOUND",
    /// The file system refused to let us read.
    Unreadable = "UNREADABLE",
    /// The path is neither a folder nor a zip file.
    NotAZip = "NOT_A_ZIP",
    /// The zip file is broken.
    ZipDamaged = "ZIP_DAMAGED",
    /// The zip file is packed in a way other than stored or deflated.
    ZipUnsupported = "ZIP_UNSUPPORTED",
    /// The zip file lists too many entries.
    ZipTooManyEntries = "ZIP_TOO_MANY_ENTRIES",
    /// One entry unfolds to too much.
    ZipEntryTooLarge = "ZIP_ENTRY_TOO_LARGE",
    /// All entries together unfold to too much.
    ZipTooLarge = "ZIP_TOO_LARGE",
    /// An entry is packed more tightly than honest data can be.
    ZipBomb = "ZIP_BOMB",
    /// Two entries share the same bytes.
    ZipOverlap = "ZIP_OVERLAP",
    /// An entry needs a password.
    ZipEncrypted = "ZIP_ENCRYPTED",
    /// An entry is a symbolic link.
    ZipSymlink = "ZIP_SYMLINK",
    /// An entry is itself an archive.
    ZipNested = "ZIP_NESTED",
    /// An entry's name leads out of the bundle.
    ZipUnsafePath = "ZIP_UNSAFE_PATH",
    /// Files stand in folders instead of at the root.
    ZipFolder = "ZIP_FOLDER",
    /// The same file name occurs twice.
    FileDuplicate = "FILE_DUPLICATE",
    /// A file's name is right but for upper and lower case.
    FileNameCase = "FILE_NAME_CASE",
    /// The bundle changed between opening and reading.
    BundleChanged = "BUNDLE_CHANGED",
    /// No file has a header that we know.
    FormatUnknown = "FORMAT_UNKNOWN",
    /// The manifest's header is not `propertyName,value`.
    ManifestHeader = "MANIFEST_HEADER",
    /// A row of the manifest is not a pair.
    ManifestRow = "MANIFEST_ROW",
    /// The manifest itself has a version we do not know.
    ManifestVersion = "MANIFEST_VERSION",
    /// The manifest names a OneRoster version we do not know.
    OneRosterVersion = "ONEROSTER_VERSION",
    /// The manifest lacks a property that must be there.
    ManifestPropertyMissing = "MANIFEST_PROPERTY_MISSING",
    /// The manifest says the same property twice.
    ManifestPropertyDuplicate = "MANIFEST_PROPERTY_DUPLICATE",
    /// The manifest lists a file its version does not have.
    ManifestFileUnknown = "MANIFEST_FILE_UNKNOWN",
    /// A file's mode is none of absent, bulk and delta.
    ManifestMode = "MANIFEST_MODE",
    /// The manifest has a property we make no use of.
    ManifestPropertyUnknown = "MANIFEST_PROPERTY_UNKNOWN",
    /// The manifest promises a file that is not there.
    FileMissing = "FILE_MISSING",
    /// A file is there that the manifest does not list, or lists as absent.
    FileUnlisted = "FILE_UNLISTED",
    /// The text is not UTF-8.
    NotUtf8 = "NOT_UTF8",
    /// The text is UTF-16 or UTF-32.
    Utf16 = "UTF16",
    /// The text has a NUL byte.
    NulByte = "NUL_BYTE",
    /// A carriage return stands where no line ends.
    CarriageReturn = "CARRIAGE_RETURN",
    /// A value is longer than we read.
    FieldTooLong = "FIELD_TOO_LONG",
    /// A row is longer than we read.
    RowTooLong = "ROW_TOO_LONG",
    /// Text follows a closing quote.
    MalformedQuote = "MALFORMED_QUOTE",
    /// A quote is never closed.
    UnclosedQuote = "UNCLOSED_QUOTE",
    /// The file has not even a header.
    EmptyFile = "EMPTY_FILE",
    /// The file has a header and no rows.
    HeaderOnly = "HEADER_ONLY",
    /// The first row is not a header.
    HeaderMissing = "HEADER_MISSING",
    /// A required column is not in the header.
    ColumnMissing = "COLUMN_MISSING",
    /// A column's name is right but for upper and lower case.
    ColumnCase = "COLUMN_CASE",
    /// A column is neither the format's nor `metadata.*`.
    ColumnUnknown = "COLUMN_UNKNOWN",
    /// A column occurs twice.
    ColumnDuplicate = "COLUMN_DUPLICATE",
    /// A `metadata.*` column stands before a column of the format.
    ColumnMisplaced = "COLUMN_MISPLACED",
    /// The columns stand in another order than the format's.
    ColumnOrder = "COLUMN_ORDER",
    /// A column is left out of the import.
    ColumnIgnored = "COLUMN_IGNORED",
    /// A file is left out of the import.
    FileIgnored = "FILE_IGNORED",
    /// There is no manifest.
    NoManifest = "NO_MANIFEST",
    /// A row has more or fewer values than the header.
    FieldCount = "FIELD_COUNT",
    /// A required value is blank.
    ValueRequired = "VALUE_REQUIRED",
    /// A value has a line break or another control character.
    ControlCharacter = "CONTROL_CHARACTER",
    /// An identifier has characters it may not have.
    InvalidId = "INVALID_ID",
    /// An identifier has 256 characters or more.
    IdTooLong = "ID_TOO_LONG",
    /// A value is none of those the column allows.
    InvalidChoice = "INVALID_CHOICE",
    /// A date is not `YYYY-MM-DD` or not in the calendar.
    InvalidDate = "INVALID_DATE",
    /// A date and time is not ISO 8601 in UTC.
    InvalidDateTime = "INVALID_DATE_TIME",
    /// A value is neither `true` nor `false`.
    InvalidBoolean = "INVALID_BOOLEAN",
    /// A year is not `YYYY`.
    InvalidYear = "INVALID_YEAR",
    /// An end does not come after its begin.
    DateOrder = "DATE_ORDER",
    /// `userIds` is not `{Type:Id}`.
    InvalidUserIds = "INVALID_USER_IDS",
    /// A bulk file has a value in `status` or `dateLastModified`.
    NotBlankInBulk = "NOT_BLANK_IN_BULK",
    /// A bulk file says `active`, as vendors do; taken.
    ActiveInBulk = "ACTIVE_IN_BULK",
    /// `userIds` is an identifier without its type; taken.
    BareUserId = "BARE_USER_ID",
    /// A role belongs to a later OneRoster version; taken.
    NewerRole = "NEWER_ROLE",
    /// An organisation is of a type we do not know; taken as other.
    UnknownOrgType = "UNKNOWN_ORG_TYPE",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that was not taken, where it stands, and what was expected instead.
///
/// The reason never repeats a person's data: of values, only dates and words of a fixed list are
/// quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The file's name, or the bundle's when no single file is at fault.
    pub file: String,
    /// The line on which the row begins, counted from 1; none when the whole file is at fault.
    pub line: Option<u64>,
    /// The column, when one is at fault.
    pub column: Option<String>,
    /// What kind of fault this is.
    pub code: Code,
    /// What is wrong and what was expected, for a human.
    pub reason: String,
}

impl Refusal {
    pub(super) fn of_file(file: &str, code: Code, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, column: None, code, reason: reason.into() }
    }

    pub(super) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(super) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {column}")?;
        }
        write!(f, ": {} [{}]", self.reason, self.code)
    }
}

/// Everything that keeps a bundle from being read, or from being read on; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleError {
    /// What is wrong, file by file.
    pub refusals: Vec<Refusal>,
}

impl BundleError {
    /// The code of the first refusal, for a caller that wants one.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        self.refusals.first().map(|refusal| refusal.code)
    }
}

impl From<Refusal> for BundleError {
    fn from(refusal: Refusal) -> Self {
        Self { refusals: vec![refusal] }
    }
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, refusal) in self.refusals.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{refusal}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BundleError {}
