//! Standard output: survives a closed pipe, and tells when nothing can be written.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::Mutex;

/// What ended the output; nothing is written after it.
static ENDED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints a line, as `println!` does, without its panic.
macro_rules! say {
    ($($argument:tt)*) => {
        $crate::out::line(format_args!($($argument)*))
    };
}
pub(crate) use say;

/// Prints a line; see [`say`].
pub(crate) fn line(text: Arguments<'_>) {
    let Ok(mut ended) = ENDED.lock() else { return };
    if ended.is_none() {
        *ended = writeln!(io::stdout().lock(), "{text}").err();
    }
}

/// Why the output is not complete; a reader that has gone away is no reason.
pub(crate) fn failure() -> Option<String> {
    let flushed = io::stdout().lock().flush().err();
    let ended = ENDED.lock().ok().and_then(|mut ended| ended.take());
    let error = ended.or(flushed)?;
    (error.kind() != ErrorKind::BrokenPipe).then(|| format!("standard output: {error}"))
}

/// Prints a report as JSON.
///
/// # Errors
/// What the serialiser says.
pub(crate) fn json(report: &impl serde::Serialize) -> serde_json::Result<()> {
    say!("{}", serde_json::to_string_pretty(report)?);
    Ok(())
}
