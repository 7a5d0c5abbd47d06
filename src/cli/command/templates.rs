//! Plans to start from, held in the program.

/// A plan to start from.
pub(in crate::cli) struct Template {
    /// What it is called.
    pub(in crate::cli) name: &'static str,
    /// The plan.
    pub(in crate::cli) text: &'static str,
}

/// All templates; the first is the one nobody has to name.
pub(in crate::cli) const TEMPLATES: &[Template] = &[
    Template { name: "starter", text: include_str!("starter.toml") },
    Template { name: "recommender", text: include_str!("../../../plans/recommender.toml") },
    Template { name: "ecommerce", text: include_str!("../../../plans/ecommerce.toml") },
    Template { name: "mlops", text: include_str!("../../../plans/mlops.toml") },
    Template { name: "llm-finetune", text: include_str!("../../../plans/llm-finetune.toml") },
    Template { name: "cv-labelling", text: include_str!("../../../plans/cv-labelling.toml") },
    Template { name: "fit-out", text: include_str!("../../../plans/fit-out.toml") },
    Template { name: "textbook", text: include_str!("../../../plans/textbook.toml") },
];

impl Template {
    /// What it is about: the comment in its first line.
    pub(in crate::cli) fn about(&self) -> String {
        let line = self.text.lines().next().unwrap_or_default();
        line.trim_start_matches('#').trim().trim_end_matches(['.', ',']).to_owned()
    }
}

/// What the templates are called.
pub(in crate::cli) fn names() -> Vec<&'static str> {
    TEMPLATES.iter().map(|template| template.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_says_in_a_line_what_it_is_about() {
        for template in TEMPLATES {
            let about = template.about();
            assert!((10..=120).contains(&about.chars().count()), "{}: {about}", template.name);
        }
    }
}
