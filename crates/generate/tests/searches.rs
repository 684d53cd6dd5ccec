//! Small searches: each fires on the rows made for it, and is silent on every near miss.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

use generate::{Generated, Generator, NearOutcome, Outcome, Runner};

fn made(search: &str) -> Generated {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let names = plan::Names::default();
    let parsed = spl::parse(search);
    let checked = plan::check(&parsed.pipeline, search, &names).with_syntax_errors(parsed.diagnostics);
    let plan = checked.plan.unwrap_or_else(|| panic!("{search}: {:?}", checked.diagnostics));
    let runner = Runner::new(runtime.handle().clone(), engine::Stores::default()).unwrap();
    Generator::new(&runner).generate(&plan, &[], true)
}

/// The search fires; each of its conditions can be broken, and then it does not.
fn check(search: &str, conditions: usize) {
    let made = made(search);
    assert!(matches!(made.fires, Outcome::Fires(_)), "{search}: {:?}", made.fires);
    for near in &made.near {
        assert!(matches!(near.outcome, NearOutcome::Silent(_)), "{search}: {near:?}");
    }
    assert_eq!(made.near.len(), conditions, "{search}: {:?}", made.near);
}

#[test]
fn search_terms() {
    check("a=1", 1);
    check("a=1 b=*x* NOT c=y", 3);
    check("a IN (x, y*) b!=z", 2);
    check("a=1 OR b=2 c>5 d<=3", 3);
    check("src=10.0.0.0/8 NOT dest=10.0.0.0/8", 2);
    check("\"two words\" a=1", 2);
    check("a=x a=y", 2);
    check("sourcetype=s a=*.exe | search a=c* b=\"*d*\"", 4);
}

#[test]
fn datasets() {
    check(
        "| tstats count from datamodel=Endpoint.Processes where Processes.process_name=cmd.exe Processes.process=\"*/c*\" by Processes.dest",
        2,
    );
    check(
        "| tstats count dc(Processes.dest) as hosts from datamodel=Endpoint.Processes by Processes.process_name | where count > 5 AND hosts >= 3",
        2,
    );
    check("| from datamodel Endpoint.Processes | search process_name=x | stats count by dest", 1);
}

#[test]
fn expressions() {
    check("a=1 | eval b=lower(c) | where match(b, \"^ab+c$\") AND like(d, \"%x_z%\")", 3);
    check("a=* | eval b=if(c>5, \"high\", \"low\") | where b=\"high\"", 2);
    check("a=1 | where isnotnull(b) AND isnull(c)", 3);
    check("a=1 | eval n=len(b) | where n>20", 2);
    check("a=1 | eval d=mvindex(split(b, \"@\"), 1) | where d=\"example.com\"", 2);
    check("a=1 | eval t=strftime(_time, \"%H\") | where t>=20", 2);
    check("a=1 | eval s=b-c | where s>10", 2);
    check("a=1 | eval score=if(match(b,\"x\"),3,0)+if(match(b,\"y\"),3,0) | where score>5", 2);
    check("a=1 | where b!=c", 2);
    check("a=1 | where cidrmatch(\"192.168.0.0/16\", b)", 2);
    check("a=1 | eval f=case(b=1,\"one\",b=2,\"two\",true(),\"many\") | search f=two", 2);
    check("a=1 | where mvcount(b)>3", 2);
    check("a=1 | where mvfind(b, \"^x\")>=0 | eval c=mvindex(d, mvfind(b, \"^x\")) | where c=\"here\"", 3);
}

#[test]
fn extraction() {
    check("a=1 | rex field=b \"user=(?<user>\\w+) from (?<ip>\\S+)\" | where user=\"root\"", 2);
    check("a=1 | regex b=\"(?i)power\\s+shell\"", 2);
    check("a=1 | spath input=b path=x.y{}.z output=z | search z=here", 2);
    check("a=1 | xmlkv b | search Name=here", 2);
}

#[test]
fn groups() {
    check("a=1 | stats count by user | where count>3", 2);
    check("a=1 | stats dc(dest) as hosts values(app) as app by user | where hosts>=5 | search app=x", 3);
    check("a=1 | stats count(eval(b=\"x\")) as x count(eval(b=\"y\")) as y by user | where x>2 AND y=0", 3);
    check("a=1 | bin _time span=5m | stats dc(user) as users by _time src | where users>10", 2);
    check("a=1 | stats sum(bytes) as bytes by src | where bytes>1000000", 2);
    check("a=1 | stats values(b) as b by user | search b=x b=y", 3);
    check("a=1 | stats min(_time) as first max(_time) as last by user | eval d=last-first | where d>60", 2);
}

#[test]
fn rows_that_stand_out() {
    check(
        "a=1 | bin _time span=5m | stats dc(user) as users by _time src \
         | eventstats avg(users) as mean stdev(users) as dev by src \
         | eval bound=mean+dev*3 | eval out=if(users>10 AND users>=bound, 1, 0) | where out=1",
        2,
    );
    check("a=1 | eventstats dc(b) as kinds | where kinds=2", 2);
}

#[test]
fn nested_searches() {
    check("a=1 | join user [ search b=2 | stats count by user dest ] | search dest=x*", 4);
    check("a=1 [ search b=2 | table user ]", 3);
    check("a=1 | append [ search b=2 ] | stats count by a", 1);
}

#[test]
fn transactions() {
    check("a=1 | transaction user startswith=(b=1) endswith=(b=2) maxspan=5m | where duration<30", 4);
}

#[test]
fn what_cannot_fire_says_why() {
    let made = made("a=1 | stats count by user | where count>3 AND count<2");
    assert!(matches!(made.fires, Outcome::CannotInvert(_)), "{:?}", made.fires);
}

#[test]
fn the_same_search_gives_the_same_rows() {
    let search = "a=1 | stats dc(dest) as hosts by user | where hosts>=5";
    assert_eq!(format!("{:?}", made(search)), format!("{:?}", made(search)));
}
