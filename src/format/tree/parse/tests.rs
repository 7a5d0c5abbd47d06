use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Parsed {
    parse(SourceId::default(), text)
}

/// Each mistake: the text, the code, the words, the help, and whether all names were read.
#[test]
fn each_trap_of_toml_has_its_own_words() {
    let cases: &[(&str, &str, &str)] = &[
        ("a = 10d", "unquoted-text: a text needs quotes", "write `\"10d\"`"),
        ("a = 8..10..20d", "unquoted-text: a text needs quotes", "write `\"8..10..20d\"`"),
        ("a = x FS+2d", "unquoted-text: a text needs quotes", "write `\"x FS+2d\"`"),
        ("a = \u{201c}10d\u{201d}", "curly-quotes: curly quotes are no quotes here", "write `\"10d\"`"),
        ("\u{201c}a\u{201d} = 1", "curly-quotes: curly quotes are no quotes here", "write `a`"),
        ("a = \"10d\nb = 1", "syntax: these quotes are not closed", "quotes close on the line they open on"),
        ("a = \"\"\"10d\n", "syntax: these quotes are not closed", "close them with `\"\"\"`"),
        ("\"a = 1", "syntax: these quotes are not closed", "quotes close on the line they open on"),
        (
            "a = \"\\q\"",
            "syntax: a backslash in double quotes begins an escape, and this is none",
            "write `\\\\` for a backslash, or the text in single quotes",
        ),
        (
            "a = \"\u{0}\"",
            "syntax: a control character can't stand in quotes",
            "write it as an escape, like `\\u0000`",
        ),
        ("a =\nb = 1", "syntax: `a` has no value", "write a value, or drop the key"),
        ("a\nb = 1", "syntax: `a` has no value", "write `a = …`"),
        ("a : 1", "syntax: a key and its value stand around `=`, not `:`", ""),
        ("a b = 1", "syntax: `=` is missing before this", "a key of several words needs quotes"),
        ("a == 1", "syntax: one `=` is enough", ""),
        ("= 1", "syntax: a key is missing here", ""),
        ("a..b = 1", "syntax: a key is missing here", ""),
        (
            "é = 1",
            "syntax: `é` is no key: letters a to z, digits, `-` and `_`",
            "a name in other letters belongs in `name = \"…\"`",
        ),
        ("a = 1 b = 2", "syntax: each key stands on a line of its own", ""),
        ("a = 'x' y", "syntax: nothing can follow on this line", "begin a new line here"),
        ("a = 1,\nb = 2", "syntax: no comma stands between lines", "drop it"),
        ("a = 'x';", "syntax: no semicolon stands between lines", "drop it"),
        ("a = 1,5", "syntax: a number has a point, not a comma", "write `1.5`"),
        ("a = 012", "syntax: a number doesn't begin with 0", "write `12`"),
        ("a = .5", "syntax: a number doesn't begin with its point", "write `0.5`"),
        ("a = 5.", "syntax: a number doesn't end in its point", "write `5`"),
        ("a = True", "syntax: `True` is written `true`", ""),
        ("a = yes", "syntax: this is no value", "write `true`"),
        ("// note", "syntax: a comment begins with `#`", ""),
        ("a = 1 // note", "unquoted-text: a text needs quotes", "a comment begins with `#`"),
        ("a = 99999999999999999999", "number-too-large: this number is too large to count with", ""),
        ("a = 1e999", "number-too-large: this number is too large to count with", ""),
        ("a = [1, 2\nb = 3\nc = 10d", "syntax: this list is not closed", "close it with `]`"),
        ("a = { b = 1\nc = 3\n", "syntax: these braces are not closed", "close them with `}`"),
        ("a = { b 1 }", "syntax: `=` is missing before this", ""),
        ("a = [1,,2]", "syntax: one comma is enough", ""),
        ("a = ['x' 'y']", "syntax: a comma is missing before this", ""),
        ("{ a = 1 }", "syntax: a line begins with a key or a header, not with this", ""),
        ("[a\nb = 1", "syntax: this header is not closed", "close it with `]`"),
        ("[]", "syntax: a key is missing here", ""),
        (
            "[[milestone]]\nid = 1",
            "list-of-tables: a header in double brackets makes a list, and a plan has only named tables",
            "write `[milestone.NAME]`, with a name for each",
        ),
        ("[a]\n[b]\n[a]", "table-twice: `[a]` is opened twice", "move these keys below the first `[a]`"),
        (
            "[a]\nb = {}\n[a.b]",
            "table-closed: a header can't add to `a.b`, which is already written in braces",
            "write its keys in the braces, or all of it below `[a.b]`",
        ),
        (
            "[a]\nb.c = 1\n[a.b]",
            "table-closed: a header can't add to `a.b`, which is already written with dots",
            "write all its keys with dots, or all of them below `[a.b]`",
        ),
        (
            "[a.b]\n[a]\nb.c = 1",
            "table-closed: a dotted key can't add to `b`, which has its own header",
            "move the key below the header of `b`",
        ),
        (
            "a = {}\na.b = 1",
            "table-closed: a dotted key can't add to `a`, which is already written in braces",
            "write the key in the braces",
        ),
        ("a = 1\na = 2", "duplicate-key: `a` is given twice", ""),
        ("a = 1\n[a]", "duplicate-key: `a` is a value already and can't be a table too", ""),
        ("a = \"x\"\rb = 1", "syntax: a lone carriage return ends no line", ""),
    ];
    for (text, said, help) in cases {
        let errors = read(text).errors;
        let all: Vec<String> =
            errors.iter().map(|error| format!("{}: {}", error.code, error.message)).collect();
        assert_eq!(all, [*said], "{text:?}");
        assert_eq!(errors[0].help.first().map_or("", String::as_str), *help, "{text:?}");
    }
}

#[test]
fn every_mistake_is_said_once_and_the_rest_is_read() {
    let parsed = read("a = 10d\nb = 2\n[c]\nx = True\ny = 3\n[c]\nx = 4\nz = [1d, 2d]\n");
    let codes: Vec<_> = parsed.errors.iter().map(|error| error.code.slug()).collect();
    assert_eq!(codes, ["unquoted-text", "syntax", "table-twice", "unquoted-text", "unquoted-text"]);
    assert_eq!(parsed.table.value("b").unwrap().value, Value::Integer(2));
    assert_eq!(parsed.table.table("c").unwrap().names().collect::<Vec<_>>(), ["x", "y", "z"]);
    assert!(parsed.is_whole);
}

#[test]
fn misread_names_are_owned_up_to() {
    for text in
        ["a = [1\nb = 2", "a = {\nb = 2", "é = 1", "[a]]", "[[a]]", "a = \"\"\"\nb = 1", "a = \"x\" y = 1"]
    {
        assert!(!read(text).is_whole, "{text:?}");
    }
}

#[test]
fn windows_lines_tabs_and_wide_letters_are_ordinary() {
    let parsed =
        read("[a]\r\n\tname\t=\t\"日本\"\t# note\r\nwhen = 2027-01-11\r\nlist = [\r\n1,\r\n2,\r\n]\r\n");
    assert_eq!(parsed.errors, []);
    let table = parsed.table.table("a").unwrap();
    assert_eq!(table.value("name").unwrap().value.as_text(), Some("日本"));
    assert_eq!(table.value("when").unwrap().value, Value::Date("2027-01-11".into()));
}

#[test]
fn depth_is_bounded_in_every_direction() {
    let brackets = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let braces = format!("a = {}1{}", "{ a = ".repeat(100_000), "}".repeat(100_000));
    let dots = format!("{}a = 1", "a.".repeat(100_000));
    let header = format!("[{}a]", "a.".repeat(100_000));
    let mixed =
        format!("[{0}a]\n{0}a = {1}", "a.".repeat(30), format!("{{ {} = ", "a.".repeat(20)).repeat(20));
    for text in [brackets, braces, dots, header, mixed] {
        let errors = read(&text).errors;
        assert!(errors.iter().any(|error| error.code == Code::TooDeep), "{}", &text[..20]);
    }
}

#[test]
fn a_single_value_knows_its_place() {
    let node = parse_value(SourceId::default(), "\"4..6..9w\"", 10).unwrap();
    assert_eq!((node.value.as_text(), node.span.range()), (Some("4..6..9w"), 10..20));
    for text in ["500k", "", "1 2", "[1", "{ a = 1", "true false"] {
        assert!(parse_value(SourceId::default(), text, 0).is_err(), "{text:?}");
    }
}

fn line() -> impl Strategy<Value = String> {
    let key = || prop::sample::select(vec!["a", "b", "a.b", "b.a", "a.b.c", "c", "\"a\""]);
    let value = prop::sample::select(vec![
        "1",
        "-1_0",
        "0x1f",
        "1.5",
        "inf",
        "true",
        "'x'",
        "\"\\u00e9\"",
        "[1, [2]]",
        "{}",
        "{ a = 1 }",
        "{ a.b = 1, a.c = 2 }",
        "{ a = 1, a = 2 }",
        "2027-01-11",
        "x",
        "",
    ]);
    prop_oneof![
        (key(), value).prop_map(|(key, value)| format!("{key} = {value}\n")),
        key().prop_map(|key| format!("[{key}]\n")),
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(?s).{0,300}") {
        read(&text);
        let _ = parse_value(SourceId::default(), &text, 3);
    }

    #[test]
    fn any_arrangement_of_marks_is_read_without_panic(text in "[a-c=\\[\\]{}.,\"'#\n\r 12-]{0,60}") {
        read(&text);
        let _ = parse_value(SourceId::default(), &text, 3);
    }

    /// A second opinion: the `toml` crate accepts and refuses the same documents, and finds the
    /// same keys.
    #[test]
    fn the_toml_crate_agrees(lines in prop::collection::vec(line(), 0..8)) {
        let text = lines.concat();
        let ours = read(&text);
        match toml::de::DeTable::parse(&text) {
            Err(error) => prop_assert!(!ours.errors.is_empty(), "{text}\n{error}"),
            Ok(theirs) => {
                prop_assert_eq!(&ours.errors, &vec![], "{}", text);
                same(&ours.table, theirs.get_ref());
            }
        }
    }
}

fn same(ours: &Table, theirs: &toml::de::DeTable<'_>) {
    assert_eq!(ours.len(), theirs.len());
    for (key, value) in theirs.iter() {
        let node = ours.value(key.get_ref()).unwrap();
        match (&node.value, value.get_ref()) {
            (Value::Table(ours), toml::de::DeValue::Table(theirs)) => same(ours, theirs),
            (Value::Text(ours), toml::de::DeValue::String(theirs)) => assert_eq!(&**ours, &**theirs),
            (Value::Integer(ours), toml::de::DeValue::Integer(theirs)) => {
                assert_eq!(Ok(*ours), i64::from_str_radix(theirs.as_str(), theirs.radix()));
            }
            (Value::List(ours), toml::de::DeValue::Array(theirs)) => assert_eq!(ours.len(), theirs.len()),
            (Value::Bool(_), toml::de::DeValue::Boolean(_))
            | (Value::Float(_), toml::de::DeValue::Float(_))
            | (Value::Date(_), toml::de::DeValue::Datetime(_)) => {}
            (ours, theirs) => panic!("{ours:?} is not {theirs:?}"),
        }
    }
}
