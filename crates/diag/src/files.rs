//! The texts that reports point into.

use text::{FileId, LineColumn, LineIndex};

struct File {
    path: String,
    text: String,
    lines: LineIndex,
}

/// Paths and texts of the files that reports point into, in the order they were added.
#[derive(Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// Add a file; the path is what users see.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let lines = LineIndex::new(&text);
        self.files.push(File { path: path.into(), text, lines });
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// The path of a file; `""` for an id of another table.
    pub fn path(&self, id: FileId) -> &str {
        self.files.get(id.0 as usize).map_or("", |file| &file.path)
    }

    /// The text of a file; `""` for an id of another table.
    pub fn text(&self, id: FileId) -> &str {
        self.files.get(id.0 as usize).map_or("", |file| &file.text)
    }

    /// Line and column of a byte offset in a file.
    pub fn line_column(&self, id: FileId, offset: u32) -> LineColumn {
        self.files
            .get(id.0 as usize)
            .map_or(LineColumn { line: 1, column: 1 }, |file| file.lines.line_column(&file.text, offset))
    }
}
