//! Errors of the house in words for the operator, who may know everything.

use pathbridge::error::{Error, Problem};

/// Every reason at once, each under the flag that it is about.
pub fn explain(error: Error) -> anyhow::Error {
    match error {
        Error::Invalid(problems) => {
            let reasons: Vec<_> = problems.iter().map(reason).collect();
            anyhow::anyhow!(reasons.join("; "))
        }
        Error::NotFound(what) => anyhow::anyhow!("there is no {what} with this id"),
        // A text cause is no error type of its own, and says it all.
        error => anyhow::Error::new(error),
    }
}

fn reason(problem: &Problem) -> String {
    match problem.path.last() {
        Some(field) => format!("{}: {}", flag(field), problem.message),
        None => problem.message.clone(),
    }
}

/// `publicKey` of the API is `--public-key` here.
fn flag(field: &str) -> String {
    let mut flag = String::from("--");
    for letter in field.chars() {
        if letter.is_ascii_uppercase() {
            flag.push('-');
        }
        flag.push(letter.to_ascii_lowercase());
    }
    // The only thing a command names without a flag.
    if flag == "--client-id" { "CLIENT_ID".to_owned() } else { flag }
}

#[cfg(test)]
mod tests {
    use pathbridge::error::{Error, Problem};

    #[test]
    fn every_reason_is_told_under_its_flag() {
        let problems = vec![Problem::required("scopes"), Problem::required("publicKey")];
        let told = super::explain(Error::Invalid(problems)).to_string();
        assert!(told.starts_with("--scopes: "), "{told}");
        assert!(told.contains("; --public-key: "), "{told}");
    }
}
