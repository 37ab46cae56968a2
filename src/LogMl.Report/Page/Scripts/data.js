/**
 * What the study knows: the JSON of the page, with columns of numbers. A value that is absent is NaN here. A page that follows a search
 * takes it anew now and then. So what is computed from it is computed when it is used, or by a listener of onReport.
 */
let report;
let study;
let parameters;
let trials;

/** Where a trial stands on the axis of an objective: its value, or the last report of a pruned trial, which has none. */
let placed;

/** The indices of all trials. */
let everyTrial;

/** The states that occur, each with its trials. */
let presentStates;

/** The complete trials that keep the constraints, the best first. */
let ranked;

/** The rank of each trial as a share: 0 for the best, 1 for the worst; NaN without a result. */
let rankShare;

/** The parameters, the most important first: by fANOVA for the first objective, and in the order of the space without one. */
let byImportance;

/** The shortest end of each parameter's name that no other one has. */
let shortNames;

const reportListeners = [];

/** Calls a listener when there is another report, with the trials of the one before. Listeners are called in their order. */
const onReport = listener => reportListeners.push(listener);

const floats = column => Float64Array.from(column, value => value === null ? NaN : Number(value));

/** Takes a report. The order of the parameters stays until there are others: what one looks at does not move. */
function takeReport(next) {
    const before = trials;
    const hasOtherParameters = parameters === undefined
        || JSON.stringify(parameters.map(({ name }) => name)) !== JSON.stringify(next.parameters.map(({ name }) => name));
    report = next;
    ({ study, parameters } = next);
    trials = {
        ...next.trials,
        count: next.trials.number.length,
        start: floats(next.trials.start),
        seconds: floats(next.trials.seconds),
        objectives: next.trials.objectives.map(floats),
        lastReport: next.trials.lastReport && floats(next.trials.lastReport),
        violation: next.trials.violation && floats(next.trials.violation),
        values: next.trials.values.map(floats),
        metrics: next.trials.metrics.map(metric => ({ name: metric.name, values: floats(metric.values) })),
    };
    placed = trials.objectives.map(values => trials.lastReport === null
        ? values : values.map((value, i) => Number.isNaN(value) ? trials.lastReport[i] : value));
    everyTrial = Array.from({ length: trials.count }, (_, i) => i);
    presentStates = states.map(state => ({ ...state, members: trialsIn(state.letter) })).filter(state => state.members.length > 0);
    ranked = trialsIn("c").sort((a, b) => lossOf(a) - lossOf(b) || a - b);
    rankShare = new Float64Array(trials.count).fill(NaN);
    ranked.forEach((i, rank) => { rankShare[i] = ranked.length > 1 ? rank / (ranked.length - 1) : 0; });
    if (hasOtherParameters) {
        byImportance = inOrderOfImportance();
        shortNames = parameters.map(({ name }) => shortNameOf(name));
    }
    reportListeners.forEach(listener => listener(before));
}

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

const textOf = index => index < 0 ? "" : report.texts[index];
const stateOf = i => states.find(state => state.letter === trials.state[i]);
const trialsIn = letter => everyTrial.filter(i => trials.state[i] === letter);
const isComplete = i => trials.state[i] === "c";
const hasResult = i => trials.state[i] === "c" || trials.state[i] === "i";

/** The last report of a pruned trial for people; null for others. */
const lastReportOf = i => Number.isNaN(trials.lastReport?.[i] ?? NaN) ? null : figure(trials.lastReport[i], 6);

/** The value of an objective in the sign in which lower is better. */
const lossOf = (i, k = 0) => study.objectives[k].maximize ? -trials.objectives[k][i] : trials.objectives[k][i];

/** The value of a parameter for people; null where the trial does not have it. */
function valueText(parameter, i) {
    const value = trials.values[parameter][i];
    if (Number.isNaN(value)) {
        return null;
    }
    const { options } = parameters[parameter];
    return options ? options[value]?.label ?? `option ${value}` : figure(value, 6);
}

function inOrderOfImportance() {
    const shares = report.importances[0]?.fanova ?? [];
    return parameters.map((_, p) => p).sort((a, b) =>
        parameters[b].isSearched - parameters[a].isSearched || (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
}

function shortNameOf(name) {
    const parts = name.split(".");
    for (let n = 1; n < parts.length; n++) {
        const end = parts.slice(-n).join(".");
        if (parameters.every(other => other.name === name || !("." + other.name).endsWith("." + end))) {
            return end;
        }
    }
    return name;
}

takeReport(JSON.parse(byId("data").textContent));
