/** What the study knows: the JSON of the page, with columns of numbers. A value that is absent is NaN here. */
const report = JSON.parse(byId("data").textContent);
const study = report.study;
const parameters = report.parameters;

const floats = column => Float64Array.from(column, value => value === null ? NaN : Number(value));

const trials = {
    ...report.trials,
    count: report.trials.number.length,
    start: floats(report.trials.start),
    seconds: floats(report.trials.seconds),
    objectives: report.trials.objectives.map(floats),
    lastReport: report.trials.lastReport && floats(report.trials.lastReport),
    violation: report.trials.violation && floats(report.trials.violation),
    values: report.trials.values.map(floats),
    metrics: report.trials.metrics.map(metric => ({ name: metric.name, values: floats(metric.values) })),
};

/** The states of trials: their letter in the data, their name, their symbol and the variable with their colour. */
const states = [
    { letter: "c", name: "complete", symbol: "circle", colour: "complete" },
    { letter: "i", name: "infeasible", symbol: "diamond", colour: "infeasible" },
    { letter: "o", name: "uncounted", symbol: "diamond", colour: "uncounted" },
    { letter: "p", name: "pruned", symbol: "triangle", colour: "pruned" },
    { letter: "f", name: "failed", symbol: "rect", colour: "failed" },
    { letter: "x", name: "repeated", symbol: "rect", colour: "repeated" },
    { letter: "r", name: "running", symbol: "circle", colour: "running" },
    { letter: "w", name: "waiting", symbol: "circle", colour: "waiting" },
];

const everyTrial = Array.from({ length: trials.count }, (_, i) => i);
const textOf = index => index < 0 ? "" : report.texts[index];
const stateOf = i => states.find(state => state.letter === trials.state[i]);
const trialsIn = letter => everyTrial.filter(i => trials.state[i] === letter);
const isComplete = i => trials.state[i] === "c";
const hasResult = i => trials.state[i] === "c" || trials.state[i] === "i";

/** The states that occur, each with its trials. */
const presentStates = states.map(state => ({ ...state, members: trialsIn(state.letter) })).filter(state => state.members.length > 0);

/** Where a trial stands on the axis of an objective: its value, or the last report of a pruned trial, which has none. */
const placed = trials.objectives.map(values => trials.lastReport === null
    ? values : values.map((value, i) => Number.isNaN(value) ? trials.lastReport[i] : value));

/** The last report of a pruned trial for people; null for others. */
const lastReportOf = i => Number.isNaN(trials.lastReport?.[i] ?? NaN) ? null : figure(trials.lastReport[i], 6);

/** The value of an objective in the sign in which lower is better. */
const lossOf = (i, k = 0) => study.objectives[k].maximize ? -trials.objectives[k][i] : trials.objectives[k][i];

/** The complete trials that keep the constraints, the best first. */
const ranked = trialsIn("c").sort((a, b) => lossOf(a) - lossOf(b) || a - b);

/** The rank of each trial as a share: 0 for the best, 1 for the worst; NaN without a result. */
const rankShare = (() => {
    const shares = new Float64Array(trials.count).fill(NaN);
    ranked.forEach((i, rank) => { shares[i] = ranked.length > 1 ? rank / (ranked.length - 1) : 0; });
    return shares;
})();

/** The value of a parameter for people; null where the trial does not have it. */
function valueText(parameter, i) {
    const value = trials.values[parameter][i];
    if (Number.isNaN(value)) {
        return null;
    }
    const { options } = parameters[parameter];
    return options ? options[value]?.label ?? `option ${value}` : figure(value, 6);
}

/** The parameters, the most important first: by fANOVA for the first objective, and in the order of the space without one. */
const byImportance = parameters.map((_, p) => p).sort((a, b) => {
    const shares = report.importances[0]?.fanova ?? [];
    return parameters[b].isSearched - parameters[a].isSearched || (shares[b] ?? 0) - (shares[a] ?? 0) || a - b;
});

/** The shortest end of a parameter's name that no other one has. */
const shortNames = parameters.map(({ name }) => {
    const parts = name.split(".");
    for (let n = 1; n < parts.length; n++) {
        const end = parts.slice(-n).join(".");
        if (parameters.every(other => other.name === name || !("." + other.name).endsWith("." + end))) {
            return end;
        }
    }
    return name;
});
