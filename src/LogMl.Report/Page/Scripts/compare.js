/** The study of the report beside others: how fast each got better, what it found, and what mattered to it. */
const studyColours = 6;
const studyColour = n => theme.colour(`study-${n % studyColours}`);

function makeComparison() {
    const { comparison } = report;
    if (comparison === null) {
        return;
    }
    byId("comparison").hidden = false;
    const parent = byId("compared");
    makeComparedHistory(parent, comparison);
    parent.append(comparedBest(comparison), comparedImportance(comparison));
}

/** The names of the studies; where two have the same one, with their storage. */
const comparedName = (row, rows) =>
    rows.filter(other => other.name === row.name).length > 1 ? `${row.name} (${row.storage})` : row.name;

const studySwatch = n => el("span", { class: `swatch study-${n % studyColours}` });

const studyKey = rows => el("p", { class: "key" }, rows.map((row, n) => [studySwatch(n), " ", comparedName(row, rows), " \u2003"]));

function makeComparedHistory(parent, { studies: rows }) {
    let [objective, byTime] = [0, false];
    const plot = new Plot(parent, {
        title: "Best so far",
        help: "The best value of each study, by the number of its trials or by the time since its first one began.",
        wide: true,
        isStill: true,
        controls: [
            study.objectives.length > 1 ? choose("Objective", study.objectives.map(({ name }, k) => [k, name]), 0,
                value => { objective = Number(value); plot.redraw(); }) : null,
            tick("by time", false, value => { byTime = value; plot.redraw(); }),
        ].filter(Boolean),
        look: () => comparedLook(rows, objective, byTime),
    });
    plot.element.append(studyKey(rows));
}

function comparedLook(rows, k, byTime) {
    const histories = rows.map(row => row.history[k]);
    const across = history => floats(byTime ? history.seconds : history.number);
    const down = history => floats(byTime ? history.bestByTime : history.best);
    const all = part => Float64Array.from(histories.flatMap(history => [...part(history)]));
    const x = numberScale(all(across), byTime ? { low: 0, isTime: true } : { integer: true, low: 0 });
    const y = numberScale(all(down), { log: wantsLog(all(down)), bad: study.objectives[k].maximize ? "low" : "high" });
    return {
        x, y,
        spots: { x: new Float64Array(0), y: new Float64Array(0), trial: [] },
        groups: [],
        lines: histories.map((history, n) => ({
            points: stepsOf([...across(history)].map(x.at), [...down(history)].map(y.at)), colour: studyColour(n),
        })),
    };
}

/** A value holds until the next one. */
const stepsOf = (xs, ys) => xs.flatMap((x, n) => n === 0 ? [[x, ys[n]]] : [[x, ys[n - 1]], [x, ys[n]]]);

function comparedBest({ studies: rows }) {
    const best = study.objectives.map((objective, k) => rows.map(row => row.values[k]).filter(value => value !== undefined)
        .reduce((a, b) => a === null || (objective.maximize ? b > a : b < a) ? b : a, null));
    const heads = ["study", ...study.objectives.map(({ name }) => name), "at trial", "complete", "trials", "lasted"];
    return el("figure", { class: "wide" },
        el("figcaption", {}, el("h3", {}, "What each found"), el("p", {}, study.objectives.length > 1
            ? "The values are of the most balanced trial of each front. The best of each objective is bold." : "The best value is bold.")),
        el("div", { class: "scroll" }, el("table", { class: "compared" },
            el("thead", {}, el("tr", {}, heads.map(head => el("th", { scope: "col" }, head)))),
            el("tbody", {}, rows.map((row, n) => el("tr", {},
                el("th", { scope: "row", title: row.storage }, studySwatch(n), " ", comparedName(row, rows)),
                study.objectives.map((_, k) => el("td", {},
                    row.values[k] === best[k] && best[k] !== null ? el("strong", {}, figure(row.values[k], 6)) : figure(row.values[k], 6))),
                [row.best === null ? "–" : row.best, row.complete, row.finished, duration(row.lasted)].map(value =>
                    el("td", {}, String(value)))))))));
}

/** What mattered, the most important parameter of any study first. */
function comparedImportance({ studies: rows, parameters: names }) {
    if (rows.every(row => row.fanova.every(share => share === null))) {
        return [];
    }
    const most = 12;
    const greatest = p => Math.max(...rows.map(row => row.fanova[p] ?? 0));
    const order = names.map((_, p) => p).sort((a, b) => greatest(b) - greatest(a)).slice(0, most);
    const first = study.objectives.length > 1 ? ` for ${study.objectives[0].name}` : "";
    return el("figure", { class: "wide" },
        el("figcaption", {}, el("h3", {}, "Importance in each"),
            el("p", {}, `fANOVA${first}: the share of the variance. A dash stands for a parameter that a study does not search.`
                + (names.length > most ? ` The ${most} most important of ${names.length}.` : ""))),
        el("div", { class: "scroll" }, el("table", { class: "compared" },
            el("thead", {}, el("tr", {},
                el("th", { scope: "col" }, "parameter"),
                rows.map((row, n) => el("th", { scope: "col" }, studySwatch(n), " ", comparedName(row, rows))))),
            el("tbody", {}, order.map(p => el("tr", {},
                el("th", { scope: "row" }, names[p]),
                rows.map((row, n) => row.fanova[p] === null ? el("td", {}, "–") : comparedBar(row.fanova[p], n))))))));
}

function comparedBar(share, n) {
    const length = el("span", { class: `bar study-${n % studyColours}` });
    length.style.width = `${100 * share}%`;
    return el("td", {}, el("span", { class: "track" }, length), el("span", { class: "share" }, percent(share)));
}
