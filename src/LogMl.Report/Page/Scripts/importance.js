/** The importance of each parameter, as bars beside their names. */
function makeImportance(parent) {
    const place = el("div", { class: "in-grid" });
    const isWhole = new Set();
    const show = () => renew(place, report.importances.map(importance => importanceFigure(importance, isWhole)));
    parent.append(place);
    onParts(show);
    show();
}

/** The figure for an objective. isWhole has the objectives whose parameters are all shown. */
function importanceFigure(importance, isWhole) {
    const most = isWhole.has(importance.objective) ? Infinity : 12;
    const completeCount = trialsIn("c").length + trialsIn("i").length;
    const source = importance.trials < completeCount
        ? ` Estimated from ${importance.trials.toLocaleString("en")} of the ${counted(completeCount, "complete trial")}.` : "";
    const several = report.importances.length > 1;
    const order = importance.fanova.map((_, p) => p).sort((a, b) => importance.fanova[b] - importance.fanova[a]);
    const row = p => el("tr", {},
        el("th", { scope: "row" }, nameInBranch(p)),
        bar(importance.fanova[p], importance.fanova, "fanova"),
        bar(importance.pedAnova[p], importance.pedAnova, "ped"));
    const rows = el("tbody", {}, order.slice(0, most).map(row));
    const rest = el("button", {
        type: "button",
        onclick: () => {
            isWhole.add(importance.objective);
            rows.append(...order.slice(most).map(row));
            rest.remove();
        },
    }, `Show the other ${order.length - most}`);
    return el("figure", { class: "wide" },
        el("figcaption", {},
            el("h3", {}, "Importance" + (several ? ` for ${study.objectives[importance.objective].name}` : "")),
            el("p", {}, "fANOVA: the share of the variance that a parameter explains by itself, over the whole space. "
                + "PED-ANOVA: its share in what makes trials good. A parameter of a branch counts for the trials that have it."
                + source)),
        el("table", { class: "bars" },
            el("thead", {}, el("tr", {}, ["parameter", "fANOVA", "PED-ANOVA"].map(head => el("th", { scope: "col" }, head)))),
            rows),
        order.length > most ? rest : null);
}

function nameInBranch(p) {
    const parameter = parameters[p];
    const option = parameter.parent >= 0 ? parameters[parameter.parent].options[parameter.parentOption]?.label : undefined;
    return option === undefined || parameter.isOptionItself ? parameter.name
        : [parameter.name, el("span", { class: "branch" }, ` if ${option}`)];
}

function bar(share, all, kind) {
    const length = el("span", { class: `bar ${kind}` });
    length.style.width = `${100 * share / Math.max(...all, 1e-9)}%`;
    return el("td", {}, el("span", { class: "track" }, length), el("span", { class: "share" }, percent(share)));
}
