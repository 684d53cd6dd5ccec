//! Values that fields have where nothing is asked of them: like real ones, other for every number.

/// The value of a field; different for each `at`.
pub(crate) fn text(field: &str, at: usize) -> String {
    let name = field.rsplit(['.', '}', '{']).find(|part| !part.is_empty()).unwrap_or(field).to_lowercase();
    let is = |names: &[&str]| names.contains(&name.as_str());
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if ends(&["_ip", "ipaddress", "ip_address", "ipaddr", "sourceips", "clientip"]) || is(&["ip", "src", "callerip"]) {
        return address(at);
    }
    if ends(&["guid"]) {
        return format!("{{{:08x}-0000-4000-8000-000000000000}}", at + 1);
    }
    if is(&["sha256", "sha1", "md5", "imphash"]) || ends(&["hash"]) {
        return format!("{:064x}", at + 1);
    }
    if ends(&["_port", "port"]) {
        return (40_000 + at).to_string();
    }
    if ends(&["process_id", "processid", "_pid"]) || is(&["pid", "ppid"]) {
        return (1_000 + at).to_string();
    }
    if is(&["user", "username", "user_name", "src_user", "dest_user", "account_name"]) || ends(&["username"]) {
        return format!("user{at}");
    }
    if is(&["dest", "host", "dvc", "computer", "computername", "hostname"]) {
        return format!("host{at}.example.com");
    }
    if ends(&["process_name"]) {
        return format!("program{at}.exe");
    }
    if ends(&["_path", "image", "filename", "imagepath"]) || is(&["process", "parent_process", "commandline"]) {
        return format!("C:\\Program Files\\Example\\program{at}.exe");
    }
    if ends(&["file_name"]) {
        return format!("file{at}.txt");
    }
    if ends(&["url", "uri"]) {
        return format!("https://www.example.com/page{at}");
    }
    if ends(&["email", "recipient", "principalname", "upn"]) {
        return format!("user{at}@example.com");
    }
    if ends(&["count", "bytes", "bytes_in", "bytes_out", "size", "length", "score", "duration"]) {
        return (at + 1).to_string();
    }
    if name == "_raw" {
        return format!("event {at}");
    }
    format!("{name}{at}")
}

/// An address kept for documentation.
fn address(at: usize) -> String {
    const RANGES: [&str; 3] = ["203.0.113", "198.51.100", "192.0.2"];
    let range = RANGES.get(at / 250 % 3).copied().unwrap_or("203.0.113");
    format!("{range}.{}", at % 250 + 1)
}
