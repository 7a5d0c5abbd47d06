//! Standard output and standard error, and what is known about them.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::text::Colour;
use crate::view::Palette;
use crate::view::text::Screen;

use super::arguments::Colouring;
use super::failure::Failure;

/// The width of a page that is no terminal, in letters.
const PAGE: usize = 100;
/// Terminals are taken to be at least and at most so wide.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=200;

/// Where results and remarks go.
pub(super) struct Terminal {
    out: AutoStream<io::Stdout>,
    out_has_colour: bool,
    remarks_have_colour: bool,
    is_quiet: bool,
}

impl Terminal {
    /// The process's own streams, coloured as asked: without a wish, on a terminal unless
    /// `NO_COLOR` is set.
    pub(super) fn new(colouring: Colouring, is_quiet: bool) -> Self {
        let wish = |automatic: ColorChoice| match colouring {
            Colouring::Auto => automatic,
            Colouring::Always => ColorChoice::Always,
            Colouring::Never => ColorChoice::Never,
        };
        let out = wish(AutoStream::choice(&io::stdout()));
        let remarks = wish(AutoStream::choice(&io::stderr()));
        Self {
            out: AutoStream::new(io::stdout(), out),
            out_has_colour: out != ColorChoice::Never,
            remarks_have_colour: remarks != ColorChoice::Never,
            is_quiet,
        }
    }

    /// What text views are drawn on.
    pub(super) fn screen(&self, all: bool) -> Screen {
        let palette = if self.out_has_colour { Palette::TERMINAL } else { Palette::PLAIN };
        Screen { width: width(), palette, all }
    }

    /// Whether diagnostics carry colours.
    pub(super) fn colour(&self) -> Colour {
        if self.remarks_have_colour { Colour::Terminal } else { Colour::Plain }
    }

    /// Whether somebody watches and does not mind a progress bar.
    pub(super) fn shows_progress(&self) -> bool {
        !self.is_quiet && io::stderr().is_terminal()
    }

    /// Writes a result.
    pub(super) fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|error| output_failure(&error))
    }

    /// Writes what is still waiting.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(|error| output_failure(&error))
    }

    /// Says something beside the result, unless quiet was asked for.
    pub(super) fn remark(&mut self, text: &str) {
        if !self.is_quiet {
            self.insist(text);
        }
    }

    /// Says something beside the result even if quiet was asked for.
    pub(super) fn insist(&mut self, text: &str) {
        // What came before on standard output is seen before.
        let _ = self.out.flush();
        // Nobody can be told that standard error is gone.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Says why the command ends, where that has not been said.
    pub(super) fn complain(&mut self, failure: &Failure) {
        let Failure::Call(fact, ways) = failure else { return };
        let (red, bold) = if self.remarks_have_colour {
            (AnsiColor::BrightRed.on_default().bold(), Style::new().bold())
        } else {
            (Style::new(), Style::new())
        };
        let mut text = format!("{red}error{red:#}{bold}: {fact}{bold:#}\n");
        for way in ways {
            text.push_str(&format!("  = {bold}help{bold:#}: {way}\n"));
        }
        self.insist(&text);
    }
}

/// A closed pipe is fine, anything else is not.
fn output_failure(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Failure::Closed
    } else {
        Failure::call(format!("can't write to standard output: {error}"))
    }
}

/// The width of the terminal, of `COLUMNS`, or of a page.
fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = terminal.or_else(columns).filter(|&width| width > 0).unwrap_or(PAGE);
    width.clamp(*WIDTHS.start(), *WIDTHS.end())
}
