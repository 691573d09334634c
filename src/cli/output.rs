//! What goes to standard output.

use std::io::{self, ErrorKind, Write};

use serde_json::Value;

/// Prints a line. A reader that has seen enough, as `head`, is no error.
pub fn line(text: &str) -> io::Result<()> {
    write(&format!("{text}\n"))
}

/// Prints a value for a program.
pub fn json(value: &Value) -> io::Result<()> {
    line(&format!("{value:#}"))
}

/// Prints the text as it is.
pub fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
