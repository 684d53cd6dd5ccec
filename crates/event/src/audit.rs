//! Records of Linux' audit system: several lines are one event, and are kept together wherever a log is cut.

/// Where in a line the event's id is looked for: collectors put their own headers before a record.
const HEADER: usize = 256;
const ID: &[u8] = b"audit(";

/// Is the line at `at` a record of the same event as the line before it?
pub(crate) fn goes_on(text: &[u8], at: usize) -> bool {
    let Some((before, line)) = text.split_at_checked(at) else { return false };
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    event_id(line).is_some_and(|id| before.get(start..).and_then(event_id) == Some(id))
}

/// `1709633472.123:45` of `type=CWD msg=audit(1709633472.123:45): cwd="/"`.
fn event_id(line: &[u8]) -> Option<&[u8]> {
    let head = line.get(..HEADER.min(line.len()))?;
    let head = head.get(..memchr::memchr(b'\n', head).unwrap_or(head.len()))?;
    let start = memchr::memmem::find(head, ID)? + ID.len();
    let id = head.get(start..)?;
    id.get(..memchr::memchr(b')', id)?)
}
