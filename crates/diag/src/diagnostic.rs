//! The two forms of a diagnostic: in a text, and in a file.

use text::{FileSpan, Mapped, Span};

use crate::Code;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a mistake: the content still runs.
    Warning,
    /// The content does not run.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A remark on a span of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The bytes it is about.
    pub span: Span,
    /// What to say there; may be empty.
    pub text: String,
}

/// A problem in a text whose file is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line: what is wrong, the thing in backticks.
    pub message: String,
    /// Where, with what to say under it.
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            help: None,
        }
    }

    /// A warning at `span`.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Say something under the primary span.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Point at another place too.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Say what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Move the spans into files through the source map of the text they refer to.
    ///
    /// `None` when the text was mapped to no file at all.
    pub fn locate(&self, mapped: &Mapped) -> Option<Report> {
        let at = mapped.map.locate(self.primary.span)?;
        let mut labels = Vec::new();
        if let Some((span, name)) = at.definition {
            labels.push(FileLabel { at: span, text: format!("in the definition of macro `{name}`") });
        }
        for label in &self.secondary {
            if let Some(place) = mapped.map.locate(label.span) {
                labels.push(FileLabel { at: place.primary, text: label.text.clone() });
            }
        }
        Some(Report {
            code: self.code,
            severity: self.severity,
            message: self.message.clone(),
            primary: FileLabel { at: at.primary, text: self.primary.text.clone() },
            secondary: labels,
            help: self.help.clone(),
        })
    }
}

/// A remark on a span of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLabel {
    /// The place.
    pub at: FileSpan,
    /// What to say there; may be empty.
    pub text: String,
}

/// A problem in a file: what users see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line: what is wrong.
    pub message: String,
    /// Where.
    pub primary: FileLabel,
    /// Other places that explain it.
    pub secondary: Vec<FileLabel>,
    /// What to write instead.
    pub help: Option<String>,
}
