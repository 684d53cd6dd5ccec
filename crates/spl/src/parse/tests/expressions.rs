//! Eval mode.

/// The expression prints as `expected`, which shows where parentheses would stand.
fn check(expression: &str, expected: &str) {
    super::check(&format!("| where {expression}"), &format!("| where {expected}"));
}

#[test]
fn precedence() {
    check("a=1 OR b=2 AND c=3", "a = 1 OR b = 2 AND c = 3");
    check("(a=1 OR b=2) AND c=3", "(a = 1 OR b = 2) AND c = 3");
    check("NOT a=1 AND b", "NOT a = 1 AND b");
    check("NOT (a AND b)", "NOT (a AND b)");
    check("!isnull(a) AND !b=1 AND a!=2", "NOT isnull(a) AND NOT b = 1 AND a != 2");
    check("a XOR b OR c", "a XOR b OR c");
    check("(a XOR b) OR c", "(a XOR b) OR c");
    check("1+2*3-4", "1 + 2 * 3 - 4");
    check("(1+2)*3", "(1 + 2) * 3");
    check("1-(2-3)", "1 - (2 - 3)");
    check("-a*-2", "-a * -2");
    check("-(a+b)", "-(a + b)");
    check("a.\"x\".b=c.1", "a . \"x\" . b = c . 1");
    check("a+1 . b", "a + 1 . b");
    check("10%3/2", "10 % 3 / 2");
    check("(a=b)=c", "a = b = c");
    check("a AND (b AND c) AND d", "a AND b AND c AND d");
}

#[test]
fn operators_in_any_case() {
    check("a==1 and not b like \"x%\" or c in (1, \"y\")", "a = 1 AND NOT b LIKE \"x%\" OR c IN (1, \"y\")");
    check("NOT'a.b'IN(\"x\")", "NOT 'a.b' IN (\"x\")");
    check("like(a,\"%b\") OR in(c, 1) AND LIKE (d, e)", "like(a, \"%b\") OR in(c, 1) AND like(d, e)");
    check("'a.b'like\"x_\"", "'a.b' LIKE \"x_\"");
}

#[test]
fn operands() {
    check("'a b'=true AND b=false() AND c!=null", "'a b' = true AND b = false() AND c != null");
    check("x=1.50 AND y=.5 AND z=1e3 AND w=007", "x = 1.50 AND y = .5 AND z = 1e3 AND w = 007");
    check("'a{}.b'=a{} AND _time>0", "'a{}.b' = 'a{}' AND _time > 0");
    check("CASE (a=1, \"x\", true (), y)", "case(a = 1, \"x\", true(), y)");
    check("match(a, \"(?i)\\\\d+\\.\\\"x\")", "match(a, \"(?i)\\\\d+\\\\.\\\"x\")");
    check("'true'=1 AND 'it\\'s'=2", "'true' = 1 AND 'it\\'s' = 2");
    check("mvmap(x, if(x>1, x.\"a\", null))", "mvmap(x, if(x > 1, x . \"a\", null))");
    check("é=1", "é = 1");
    check("a ```why``` = ```because``` 1", "a = 1");
}

#[test]
fn long_chains_stay_shallow() {
    let long = (0..20_000).map(|n| format!("a = {n}")).collect::<Vec<_>>().join(" OR ");
    check(&long, &long);
}
