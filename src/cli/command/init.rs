//! `plan init [TEMPLATE] [-o FILE]`

use crate::cli::arguments::Init;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output, STDIN};
use crate::cli::terminal::Terminal;

use super::templates::TEMPLATES;

/// Writes a template where there is nothing yet.
pub(in crate::cli) fn init(options: &Init, terminal: &mut Terminal) -> Result<(), Failure> {
    if options.list {
        let width = TEMPLATES.iter().map(|template| template.name.len()).max().unwrap_or(0);
        let line = |template: &super::templates::Template| {
            format!("{:width$}  {}\n", template.name, template.about())
        };
        return terminal.print(&TEMPLATES.iter().map(line).collect::<String>());
    }
    let named = TEMPLATES.iter().find(|template| template.name == options.template);
    let template =
        named.ok_or_else(|| Failure::call(format!("no template is called `{}`", options.template)))?;
    if options.output.as_os_str() == STDIN {
        return terminal.print(template.text);
    }
    let path = &options.output;
    if path.exists() && !options.force {
        let fact = format!("{} is there already", path.display());
        return Err(
            Failure::call(fact).help("choose another name with -o FILE, or overwrite it with --force")
        );
    }
    files::write(&[Output::new(path, template.text)], true)?;
    terminal.remark(&format!("wrote {0}; next: plan {0}\n", path.display()));
    Ok(())
}
