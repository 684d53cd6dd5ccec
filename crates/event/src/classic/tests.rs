use super::{clean_key, length, read_event, starts};
use crate::builder::{At, Builder};
use crate::{DecodeOptions, Format};

const LOGON: &str = "01/14/2021 11:41:40 PM\r\nLogName=Security\r\nEventCode=4624\r\nUser=\r\nMessage=An account was successfully logged on.\r\n\r\n\
    Subject:\r\n\tSecurity ID:\t\tS-1-5-18\r\n\tAccount Name:\t\tADA$\r\n\r\nNew Logon:\r\n\tAccount Name:\t\tBob\r\n\tLogon GUID:\t\t{1:2}\r\nPath: \r\nDone. It is: so\r\n";

#[test]
fn fields_come_from_lines_and_from_the_message() {
    let mut batches = Vec::new();
    let mut sink = |batch| batches.push(batch);
    let mut builder = Builder::new(&DecodeOptions::default(), &mut sink);
    builder.begin(Format::ClassicWindowsEvent, At::default());
    read_event(LOGON.trim_end(), &mut builder);
    builder.end();
    builder.flush();
    let batch = &batches[0];
    assert_eq!(batch.events[0].time, Some(1_610_667_700_000_000));
    let mut fields: Vec<(&str, &str)> =
        batch.fields_of(&batch.events[0]).map(|(id, value)| (batch.names.name(id), value)).collect();
    let message = fields.remove(2);
    assert!(message.0 == "Message" && message.1.starts_with("An account") && message.1.ends_with("It is: so"));
    let expected = [
        ("LogName", "Security"),
        ("EventCode", "4624"),
        ("Security_ID", "S-1-5-18"),
        ("Account_Name", "ADA$"),
        ("Account_Name", "Bob"),
        ("Logon_GUID", "{1:2}"),
        ("Done__It_is", "so"),
    ];
    assert_eq!(fields, expected);
}

#[test]
fn an_event_needs_its_time_and_a_key() {
    let check = |text: &str, expected: bool| assert_eq!(starts(text), expected, "{text}");
    check(LOGON, true);
    check("01/14/2021 11:41:39 PM\nLogName=x", true);
    check("01/14/2021 11:41:39 PM", false);
    check("01/14/2021 11:41:39 PM\nno key here", false);
    check("01/14/2021 11:41:39 PM something happened\na=b", false);
}

#[test]
fn an_event_ends_where_the_next_begins() {
    let check = |text: &str, expected: usize| assert_eq!(length(text), expected);
    check(LOGON, LOGON.trim_end().len());
    check(&format!("{LOGON}\r\n{LOGON}"), LOGON.trim_end().len());
    check(&format!("{LOGON}<Event xmlns='x'>"), LOGON.trim_end().len());
}

#[test]
fn keys_are_cleaned() {
    let check = |name: &str, expected: &str| {
        let mut key = String::new();
        clean_key(name, &mut key);
        assert_eq!(key, expected);
    };
    check("\tAccount Name", "Account_Name");
    check("(Sub) Status", "Sub__Status");
    check("--", "");
}
