use std::sync::Arc;

use crate::{DecodeOptions, EventBatch, decode};

/// Every event as `name=value …`, then what was set aside.
fn read(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut asides = Vec::new();
    decode(&Arc::from("x.log"), text.as_bytes(), &DecodeOptions::default(), &mut |batch: EventBatch| {
        for event in &batch.events {
            let fields = batch.fields_of(event).map(|(id, value)| format!("{}={value}", batch.names.name(id)));
            found.push(fields.collect::<Vec<_>>().join(" "));
        }
        asides.extend(batch.set_aside.iter().map(|aside| format!("{:?}: {}", aside.place.record, aside.reason)));
    });
    found.extend(asides);
    found
}

#[test]
fn iis_names_its_columns() {
    let log = "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Fields: date time cs-method cs(User-Agent) sc-status\r\n2024-03-05 10:11:12 GET Mozilla/5.0+(X) 200\r\n2024-03-05 10:11:13 POST - 500\r\n#Fields: date sc-status\r\n2024-03-06 404\r\n2024-03-07\r\n";
    assert_eq!(
        read(log),
        [
            "date=2024-03-05 time=10:11:12 cs_method=GET cs_User_Agent=Mozilla/5.0+(X) sc_status=200 _software=Microsoft Internet Information Services 10.0",
            "date=2024-03-05 time=10:11:13 cs_method=POST sc_status=500 _software=Microsoft Internet Information Services 10.0",
            "date=2024-03-06 sc_status=404 _software=Microsoft Internet Information Services 10.0",
            "Some(8): 1 values under a header of 2",
        ]
    );
}

#[test]
fn zeek_has_sets_and_unset_fields() {
    let log = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tquery\tanswers\tTTLs\n#types\ttime\tstring\tvector[string]\tvector[interval]\n1709633472.5\ta.example\t1.1.1.1,2.2.2.2\t-\n1709633473.5\t-\t(empty)\t-\n#close\t2024-03-05-11-00-00\n";
    assert_eq!(
        read(log),
        ["ts=1709633472.5 query=a.example answers=1.1.1.1 answers=2.2.2.2 _path=dns", "ts=1709633473.5 _path=dns"]
    );
}
