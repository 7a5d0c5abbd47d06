//! The purses that money goes into: one per category and stage, one for each further scope, and
//! what overheads add to them.

use crate::model::Category;
use crate::network::{CostTerm, Hit, Seasonal, VisitId};
use crate::simulate::settings::Keep;

use super::compile::{Compiler, Scoped};
use super::{HammockOp, NONE, Purse, RiskCostOp, SurchargeOp};

impl Compiler<'_> {
    /// One purse per category and stage in use, in order, then one for each further scope.
    pub(super) fn make_purses(&mut self, keep: &Keep) {
        let mut owners: Vec<(Category, Option<u32>)> = Vec::new();
        for term in self.network.visits.iter().flat_map(|visit| &visit.costs) {
            owners.push((term.category, stage_of(term)));
        }
        owners.extend(self.network.hammocks.iter().map(|hammock| (hammock.category, None)));
        owners.extend(self.network.surcharges.iter().map(|surcharge| (surcharge.category, None)));
        owners.extend(
            self.network
                .risk_costs
                .iter()
                .map(|cost| (Category::Risk, cost.stage.map(|stage| stage.index() as u32))),
        );
        owners.sort_unstable();
        owners.dedup();
        self.program.stages =
            owners.iter().filter_map(|(_, stage)| *stage).max().map_or(0, |last| last as usize + 1);
        self.program.buckets = owners.len();
        self.program.purses =
            owners.into_iter().map(|owner| Purse { constant: 0.0, bucket: Some(owner) }).collect();
        for visits in &keep.costs {
            self.scope(visits, None);
        }
        for surcharge in &self.network.surcharges {
            // Money is also split by visit, or money that other surcharges add must be left out.
            let everyone: Vec<VisitId>;
            let visits = match &surcharge.visits {
                Some(visits) => visits,
                None => {
                    everyone = (0..self.network.visits.len()).map(VisitId::new).collect();
                    &everyone
                }
            };
            self.scope(visits, surcharge.categories.clone());
        }
    }

    fn scope(&mut self, visits: &[VisitId], categories: Option<Vec<Category>>) {
        let mut member = vec![false; self.network.visits.len()];
        for visit in visits {
            // Repeats of a milestone are its money, too.
            let all = &self.network.visits_of[self.network[*visit].milestone];
            all.iter().for_each(|visit| member[visit.index()] = true);
        }
        let purse = self.program.purses.len() as u32;
        self.program.purses.push(Purse { constant: 0.0, bucket: None });
        self.scopes.push(Scoped { purse, member, categories });
    }

    pub(super) fn purses_of(&self, term: &CostTerm, position: usize) -> Vec<u32> {
        let owner = Some((term.category, stage_of(term)));
        let bucket =
            self.program.purses[..self.program.buckets].iter().position(|purse| purse.bucket == owner);
        let scopes = self.scopes.iter().filter(|scope| {
            scope.member[position]
                && scope.categories.as_ref().is_none_or(|these| these.contains(&term.category))
        });
        bucket.into_iter().map(|bucket| bucket as u32).chain(scopes.map(|scope| scope.purse)).collect()
    }

    pub(super) fn overheads(&mut self) {
        let scopes_of_surcharges = self.scopes.len() - self.network.surcharges.len();
        for hammock in &self.network.hammocks {
            let purse = self.bucket(hammock.category, None);
            let also = self.looked_into(scopes_of_surcharges, hammock.category);
            let over =
                hammock.over.as_ref().map(|visits| visits.iter().map(|visit| visit.index() as u32).collect());
            let tariff = self.tariff(&hammock.tariff);
            let (exchange, category) = (self.exchange(hammock.exchange), hammock.category.index());
            self.program.hammocks.push(HammockOp { over, tariff, exchange, category, purse, also });
        }
        for cost in &self.network.risk_costs {
            let hit = |hit: &Hit| {
                let effects = self.program.nodes[hit.visit.index()].effects as usize;
                let struck = |seasonal: Seasonal| self.program.effects[effects].struck + seasonal.bit;
                (hit.visit.index() as u32, hit.season.map_or(NONE, struck))
            };
            let op = RiskCostOp {
                happens: cost.happens.map(|happens| self.operand(happens)),
                amount: self.operand(cost.amount),
                exchange: self.exchange(cost.exchange),
                hits: cost.hits.iter().map(hit).collect(),
                purse: self.bucket(Category::Risk, cost.stage.map(|stage| stage.index() as u32)),
                also: self.looked_into(scopes_of_surcharges, Category::Risk),
            };
            self.program.risk_costs.push(op);
        }
        for (surcharge, scope) in self.network.surcharges.iter().zip(&self.scopes[scopes_of_surcharges..]) {
            let purse = self.bucket(surcharge.category, None);
            let share = self.operand(surcharge.share);
            self.program.surcharges.push(SurchargeOp { share, on: vec![scope.purse], purse });
        }
    }

    /// The purses of surcharges on money of this category that no visit spends.
    fn looked_into(&self, first: usize, category: Category) -> Vec<u32> {
        let scopes = self.network.surcharges.iter().zip(&self.scopes[first..]);
        let looking = scopes.filter(|(surcharge, scope)| {
            surcharge.visits.is_none()
                && scope.categories.as_ref().is_none_or(|these| these.contains(&category))
        });
        looking.map(|(_, scope)| scope.purse).collect()
    }

    fn bucket(&self, category: Category, stage: Option<u32>) -> u32 {
        let owner = Some((category, stage));
        self.program.purses[..self.program.buckets]
            .iter()
            .position(|purse| purse.bucket == owner)
            .unwrap_or(0) as u32
    }
}

fn stage_of(term: &CostTerm) -> Option<u32> {
    term.stage.map(|stage| stage.index() as u32)
}
