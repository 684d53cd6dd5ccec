//! The commands' own arguments.

use super::check;

#[test]
fn tstats() {
    let plain = "| tstats summariesonly=false fillnull_value=null count min(_time) as t from datamodel=Endpoint.Processes \
                 where Processes.process_name=cmd.exe by Processes.dest, Processes.user";
    check(plain, plain);
    check(
        "| TSTATS summariesonly = false, fillnull_value=null count, min(_time) AS t FROM datamodel Endpoint.Processes\n\
         WHERE Processes.process_name=cmd.exe\nGROUPBY Processes.dest\nProcesses.user",
        &plain.replace("tstats", "TSTATS"),
    );
    check("| tstats count from datamodel=\"A\".\"B C\" by x", "| tstats count from datamodel=\"A.B C\" by x");
    check("| tstats count where host=a from datamodel=M by x", "| tstats count from datamodel=M where host=a by x");
    check(
        "| tstats dc(\"M.a b\") as \"c d\" max(M.x) local=t where nodename=M.N by y",
        "| tstats local=t dc(\"M.a b\") as \"c d\" max(M.x) where nodename=M.N by y",
    );
    check("| tstats count where (a=1 OR b=2) c=\"by\" by d", "| tstats count where (a=1 OR b=2) c=\"by\" by d");
    check("| tstats count where [search x | fields y] by z", "| tstats count where [search x | fields y] by z");
}

#[test]
fn tstats_span_belongs_to_time() {
    for by in ["_time span=1h a", "span=1h _time a", "_time a span=1h", "_time, span=1h, a", "_time span = 1h,a"] {
        check(&format!("| tstats count by {by}"), "| tstats count by _time span=1h, a");
    }
}

#[test]
fn stats_and_kin() {
    check("x|stats count", "search x | stats count");
    check("x|stats count by a b,\"c d\" a{}.b", "search x | stats count by a, b, \"c d\", a{}.b");
    check("x|stats values(*) as * latest(a*) AS \"b*\"", "search x | stats values(*) as * latest(a*) as b*");
    check(
        "x|stats count(eval(a=1 AND b)) as n,dc(\"c d\") by e dedup_splitvals=t",
        "search x | stats dedup_splitvals=t count(eval(a = 1 AND b)) as n dc(\"c d\") by e",
    );
    check("x|stats perc95(a) c() count(b) sum( c )", "search x | stats perc95(a) c count(b) sum(c)");
    check("x|stats values(f) as f(new) by g", "search x | stats values(f) as \"f(new)\" by g");
    check("x|stats sparkline(count(a), 1h) as s", "search x | stats sparkline(\"count(a), 1h\") as s");
    check("x|eventstats avg(a) as b by c", "search x | eventstats avg(a) as b by c");
    check("x|streamstats current=f window=2 count by a", "search x | streamstats current=f window=2 count by a");
    check("x|stats count by _time span=5m", "search x | stats count by _time span=5m");
}

#[test]
fn eval() {
    check("x|eval a=1,b = a+1 , 'c d'=\"e\",\"f g\"=h", "search x | eval a=1, b=a + 1, 'c d'=\"e\", 'f g'=h");
    check("x|eval a.b=1, c{}=2, d-e=3", "search x | eval 'a.b'=1, 'c{}'=2, 'd-e'=3");
}

#[test]
fn rename() {
    check("x|rename A.* as *", "search x | rename A.* as *");
    check("x|rename a{}.b AS c,\"d e\" as \"f g\" h as i", "search x | rename a{}.b as c, \"d e\" as \"f g\", h as i");
    check("x|rename a as b,", "search x | rename a as b");
}

#[test]
fn fields_and_tables() {
    check("x|table a b, c,,d", "search x | table a, b, c, d");
    check("x|fields - a*,b|fields + c|fields -e", "search x | fields - a*, b | fields c | fields - e");
    check("x|fields p(q) r", "search x | fields \"p(q)\", r");
}

#[test]
fn convert() {
    check(
        "x|convert ctime(a) AS b timeformat=\"%H:%M\" mktime(c)",
        "search x | convert timeformat=\"%H:%M\" ctime(a) as b mktime(c)",
    );
    check(
        "x|convert timeformat=\"%m/%d/%Y %H:%M\" ctime(firstTime)",
        "search x | convert timeformat=\"%m/%d/%Y %H:%M\" ctime(firstTime)",
    );
}

#[test]
fn small_commands() {
    check("x|head|head 5|head limit=7", "search x | head | head 5 | head 7");
    check("x|sort - a, +b|sort 0 -num(c), d", "search x | sort -a, b | sort 0 -num(c), d");
    check("x|sort limit=3 \"e f\"|sort a -b desc|sort num", "search x | sort 3 \"e f\" | sort -a, b | sort num");
    check("x|dedup a|dedup 2 a,b keepempty=false", "search x | dedup a | dedup 2 a, b");
    check("x|fillnull|fillnull value=NULL", "search x | fillnull | fillnull value=NULL");
    check("x|fillnull value=\"\" a b", "search x | fillnull value=\"\" a, b");
    check("x|regex a=\"b\\\\d\"|regex c!=\"d\"", "search x | regex a=\"b\\\\d\" | regex c!=\"d\"");
    check("x|regex \"e|f\"|regex g != h\\.", "search x | regex \"e|f\" | regex g!=\"h\\\\.\"");
    check(
        "x|bin _time span=5m|bucket span=10 a AS b|bin c",
        "search x | bin span=5m _time | bucket span=10 a as b | bin c",
    );
    check("x|where a>1", "search x | where a > 1");
}

#[test]
fn lookups() {
    check("x|lookup users name", "search x | lookup users name");
    check(
        "x|LOOKUP update=true local = f \"a b\" name AS user ip,, outputnew dept as d, boss,",
        "search x | LOOKUP update=true local=f \"a b\" name as user, ip OUTPUTNEW dept as d, boss",
    );
    check("x|lookup l.csv a as output output b", "search x | lookup l.csv a as \"output\" OUTPUT b");
    check("x|lookup l \"output\" as \"by\" OUTPUT c{}.d", "search x | lookup l \"output\" as \"by\" OUTPUT c{}.d");
    check("|inputlookup append=t users", "| inputlookup append=t users");
    check("x|inputlookup users.csv append=T start=1", "search x | inputlookup append=T start=1 users.csv");
    check("|inputlookup a WHERE b=1 OR c=d*", "| inputlookup a where b=1 OR c=d*");
    check("x [inputlookup a] NOT [|inputlookup b]", "search x [| inputlookup a] NOT [| inputlookup b]");
    check("x|outputlookup a createinapp=true", "search x | outputlookup createinapp=true a");
    check("x|iplocation lang=de,zh-CN,code a", "search x | iplocation lang=\"de,zh-CN,code\" a");
    check("x|iplocation prefix=p_ a{}.b allfields=t", "search x | iplocation prefix=p_ allfields=t a{}.b");
}
