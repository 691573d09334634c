//! Tables that read well on a terminal and as Markdown.

/// Lines of cells; the first is the heading.
#[derive(Debug)]
pub(super) struct Table(Vec<Vec<String>>);

impl Table {
    /// A table with a heading and no line.
    pub(super) fn new(heading: &[&str]) -> Self {
        Self(vec![heading.iter().map(|&cell| cell.to_owned()).collect()])
    }

    /// Adds a line.
    pub(super) fn line(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.push(cells.into_iter().collect());
    }

    /// The table as text: the first column to the left, all others to the right.
    pub(super) fn text(&self) -> String {
        let columns = self.0[0].len();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.0.iter().filter_map(|line| line.get(column));
                cells.map(|cell| cell.chars().count()).max().unwrap_or_default().max(3)
            })
            .collect();
        let mut lines: Vec<String> = self.0.iter().map(|line| padded(line, &widths)).collect();
        let rule = widths.iter().enumerate().map(|(column, width)| {
            if column == 0 { "-".repeat(*width) } else { "-".repeat(*width - 1) + ":" }
        });
        lines.insert(1, between_bars(rule));
        lines.concat()
    }
}

fn padded(line: &[String], widths: &[usize]) -> String {
    between_bars(line.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
        if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
    }))
}

fn between_bars(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_stand_one_below_the_other() {
        let mut table = Table::new(&["what", "n"]);
        table.line(["one".to_owned(), "1000".to_owned()]);
        assert_eq!(table.text(), "| what |    n |\n| ---- | ---: |\n| one  | 1000 |\n");
    }
}
