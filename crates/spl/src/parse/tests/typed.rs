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
    check("x|dedup a|dedup 2 a,b keepempty=false", "search x | dedup a | dedup 2 a, b keepempty=false");
    check("x|dedup a sortby -b +num(c) consecutive=t", "search x | dedup a consecutive=t sortby -b, num(c)");
    check(
        "x|head (a<5 OR b) keeplast=t|head limit=3 null=f (c)",
        "search x | head (a < 5 OR b) keeplast=t | head 3 (c) null=f",
    );
    check("x|fillnull|fillnull value=NULL", "search x | fillnull | fillnull value=NULL");
    check("x|fillnull value=\"\" a b", "search x | fillnull value=\"\" a, b");
    check("x|regex a=\"b\\\\d\"|regex c!=\"d\"", "search x | regex a=\"b\\\\d\" | regex c!=\"d\"");
    check("x|regex \"e|f\"|regex g != h\\.", "search x | regex \"e|f\" | regex g!=\"h\\\\.\"");
    check(
        "x|bin _time span=5m|bucket span=10 a AS b|bin c",
        "search x | bin span=5m _time | bucket span=10 a as b | bin c",
    );
    check("x|bin bins=5 aligntime=@d+3h a minspan=1m", "search x | bin bins=5 aligntime=@d+3h minspan=1m a");
    check("x|where a>1", "search x | where a > 1");
}

#[test]
fn streamstats() {
    check(
        "x|streamstats count by a reset_after=\"(b==\\\"c\\\")\" reset_before = ( d > 1 ) window=2",
        "search x | streamstats window=2 reset_before=(d > 1) reset_after=(b = \"c\") count by a",
    );
    check("x|streamstats time_window=5m range(_time) as t", "search x | streamstats time_window=5m range(_time) as t");
}

#[test]
fn charts() {
    check("x|chart count over a by b", "search x | chart count over a by b");
    check("x|chart count, avg(a) as m by b span=10, c d", "search x | chart count avg(a) as m by b span=10, c, d");
    check(
        "x|chart agg=count over a span=5 bins=2 useother=f",
        "search x | chart useother=f count over a span=5 bins=2",
    );
    check("x|chart limit=top5 count BY a limit=3 span=1h", "search x | chart limit=top5 limit=3 count by a span=1h");
    check("x|timechart limit=0 span=5m count", "search x | timechart limit=0 span=5m count");
    check("x|timechart count span=1h by a usenull=f", "search x | timechart span=1h usenull=f count by a");
    check(
        "x|timechart sum(n) by a WHERE max in top5|chart count by b where avg(c)>-1.5|chart c by d where c notin bottom 2",
        "search x | timechart sum(n) by a where max in top5 | chart count by b where avg(c) > -1.5 \
         | chart c by d where c notin bottom2",
    );
    check(
        "x|chart eval(sum(a)/count) AS r by b",
        "search x | chart \"eval\"(\"sum(a)/count\") as r by b".replace("\"eval\"", "eval").as_str(),
    );
}

#[test]
fn tables() {
    check("x|top 5 a,b by c|rare limit=3 a", "search x | top 5 a, b by c | rare limit=3 a");
    check(
        "x|top a b showperc=f countfield=\"n r\" by c, d",
        "search x | top showperc=f countfield=\"n r\" a, b by c, d",
    );
    check("x|addtotals fieldname=Score, a, b", "search x | addtotals fieldname=Score a, b");
    check(
        "x|addtotals|addcoltotals labelfield=a label=\"b c\"",
        "search x | addtotals | addcoltotals labelfield=a label=\"b c\"",
    );
    check(
        "x|xyseries a b c sep=\"-\" grouped=t|untable a b c",
        "search x | xyseries sep=- grouped=t a, b, c | untable a, b, c",
    );
    check("x|transpose 3 column_name=n", "search x | transpose column_name=n \"3\"");
    check(
        "x|makecontinuous span=1h _time|reverse|tail|uniq",
        "search x | makecontinuous span=1h _time | reverse | tail | uniq",
    );
    check("x|accum a as b|delta c p=3|filldown", "search x | accum a as b | delta c p=3 | filldown");
    check("x|rangemap field=a low=0-3 default=none", "search x | rangemap field=a low=0-3 default=none");
    check("x|fieldformat a=strftime(a, \"%F\")|addinfo", "search x | fieldformat a=strftime(a, \"%F\") | addinfo");
}

#[test]
fn commands_with_pipelines() {
    check("x|join a,b type=outer max=0 [search y]", "search x | join type=outer max=0 a, b [search y]");
    check("x|join[|tstats count by a]", "search x | join [| tstats count by a]");
    check("x|append maxout=5 [search y=1 | table z]", "search x | append maxout=5 [search y=1 | table z]");
    check("x|appendpipe [stats count | eval b=1]", "search x | appendpipe [| stats count | eval b=1]");
    check("x|appendcols override=t [search y]", "search x | appendcols override=t [search y]");
}

#[test]
fn templates() {
    check(
        "a | foreach x* [eval <<FIELD>>=if('<<FIELD>>'=\"]\", null(), '<<FIELD>>'+<<MATCHSTR>>_y)]",
        "search a | foreach x* [eval <<FIELD>>=if('<<FIELD>>'=\"]\", null(), '<<FIELD>>'+<<MATCHSTR>>_y)]",
    );
    check("a|foreach mode=multifield x*, y [eval a=1]", "search a | foreach mode=multifield x*, y [eval a=1]");
    check(
        "x | map search=\"search a b=\\\"$c$\\\" | head $n$\" maxsearches=3",
        "search x | map maxsearches=3 search=\"search a b=\\\"$c$\\\" | head $n$\"",
    );
    check("x|map [search a=$b$ [search c]]", "search x | map search=\"search a=$b$ [search c]\"");
}

#[test]
fn transactions() {
    check(
        "x|transaction a b startsWith=(c=1 OR d=\"e f\") endswith=\"log out\" maxspan=2m",
        "search x | transaction a, b maxspan=2m startswith=(c=1 OR d=\"e f\") endswith=\"log out\"",
    );
    check("x|transaction a endswith=eval(b<c)", "search x | transaction a endswith=eval(b < c)");
    check("x|transaction startswith=login endswith=a=b", "search x | transaction startswith=(login) endswith=(a=b)");
    check("x|transaction mvlist=\"a,b\"", "search x | transaction mvlist=\"a,b\"");
}

#[test]
fn datasets() {
    check("| from datamodel:Web.Web", "| from datamodel:Web.Web");
    check("| from datamodel Web.Web", "| from datamodel:Web.Web");
    check("| from datamodel:\"Web\".\"Web\"", "| from datamodel:Web.Web");
    check("| from \"lookup:a b.csv\"", "| from lookup:\"a b.csv\"");
    check("| datamodel Web Web search", "| datamodel Web, Web, search");
    check("| makeresults count=2 annotate=t", "| makeresults count=2 annotate=t");
}

#[test]
fn texts_of_subsearches() {
    check(
        "x|format|format \"\" \"(\" \"AND\" \")\" \"OR\" \"\"",
        "search x | format | format \"\" \"(\" \"AND\" \")\" \"OR\" \"\"",
    );
    check("x|format maxresults=3 emptystr=\"a b\"", "search x | format maxresults=3 emptystr=\"a b\"");
    check("x|return 5 $a,b c=d", "search x | return 5 $a b c=d");
    check("x|return a", "search x | return a");
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
