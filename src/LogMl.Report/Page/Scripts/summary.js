/** The summary: what was found, what it is worth, and what went wrong. */
function makeSummary() {
    byId("subtitle").textContent = subtitle();
    renew(byId("summary"), [
        bestCard(), countsCard(), hostsCard(), stragglersCard(), testCard(), gainCard(), failuresCard(), changesCard(), notesCard(),
    ].filter(Boolean));
}

function subtitle() {
    const from = trials.count > 0 ? `, begun ${moment(trials.origin)}` : "";
    const algorithm = study.algorithm ? `, searched by ${study.algorithm}` : "";
    const goal = study.objectives.map(objective => `${objective.maximize ? "maximize" : "minimize"} ${objective.name}`).join(", ");
    const when = report.live ? (study.isRunning ? "The search is running." : "No search is running.")
        : `Report of ${moment(study.written)}${study.isRunning ? ", while the search was running" : ""}.`;
    return `${goal}${algorithm}${from}. ${when}`;
}

const card = (title, ...content) => el("section", { class: "card" }, el("h2", {}, title), ...content);

const trialLink = i => el("button", { type: "button", class: "link", onclick: () => showTrial(i) }, `trial ${trials.number[i]}`);

function bestCard() {
    const i = study.best;
    if (i === null) {
        return card("No result yet", el("p", {}, trials.count === 0 ? "The study has no trial."
            : trialsIn("i").length > 0 ? "No trial keeps the constraints." : "No trial is complete."));
    }
    const several = study.objectives.length > 1;
    return el("section", { class: "card best" },
        el("h2", {}, several ? "Most balanced of the front" : "Best"),
        study.objectives.map((objective, k) => el("p", { class: "value" },
            el("strong", {}, figure(trials.objectives[k][i], 6)), ` ${objective.name}`)),
        el("p", {}, "at ", trialLink(i), several ? `, of a front of ${counted(study.front.length, "trial")}` : ""),
        yamlBlock(i));
}

function countsCard() {
    const started = everyTrial.filter(i => !Number.isNaN(trials.start[i]));
    const end = started.reduce((last, i) => Math.max(last, trials.start[i] / 1000 + (trials.seconds[i] || 0)), 0);
    const worked = started.reduce((sum, i) => sum + (trials.seconds[i] || 0), 0);
    return card("Search",
        el("p", { class: "value" }, el("strong", {}, trials.count.toLocaleString("en")), trials.count === 1 ? " trial" : " trials"),
        pairs([
            ...presentStates.map(state => [state.name, state.members.length.toLocaleString("en")]),
            ["lasted", duration(end)],
            ["sum of trials", duration(worked)],
        ]),
        study.end ? el("p", {}, study.end) : null);
}

/** What each machine does, and what its trials have become. Those that are gone come first. */
function hostsCard() {
    if (study.hosts.length === 0) {
        return null;
    }
    const counts = ["running", "complete", "pruned", "failed", "repeated"].filter(name =>
        name === "running" || name === "complete" || study.hosts.some(host => host[name] > 0));
    const words = ["gone", "alive", "idle"];
    const hosts = [...study.hosts].sort((a, b) => words.indexOf(a.state) - words.indexOf(b.state));
    const numbers = words.map(word => [hosts.filter(host => host.state === word).length, word]).filter(([count]) => count > 0);
    return el("section", { class: "card hosts" },
        el("h2", {}, "Machines"),
        el("p", {}, numbers.map(([count, word], n) => [n > 0 ? ", " : "", el("span", { class: word }, `${count} ${word}`)])),
        el("div", { class: "scroll", tabindex: "0" }, el("table", {},
            el("thead", {}, el("tr", {}, ["machine", "state", ...counts].map(head => el("th", { scope: "col" }, head)))),
            el("tbody", {}, hosts.map(host => el("tr", {},
                el("th", { scope: "row" }, host.name),
                el("td", {}, el("span", { class: host.state }, host.state),
                    host.since === null ? null : ` since ${momentOfDay(host.since)}`),
                counts.map(name => el("td", {}, host[name].toLocaleString("en")))))))));
}

/** Running trials that take far longer than the others. */
const stragglersCard = () => study.stragglers.length === 0 ? null : card("Stragglers",
    el("ul", {}, study.stragglers.map(i => el("li", {},
        trialLink(i), onHost(i), `, since ${momentOfDay(trials.origin + trials.start[i])}`))),
    el("p", { class: "note" }, study.stragglerRule));

/** The machine and the worker of a trial; nothing where they are not known. */
const onHost = i => [textOf(trials.host[i]), textOf(trials.worker[i])].filter(Boolean)
    .map((name, n) => `${n === 0 ? " on" : ","} ${name}`).join("");

const testCard = () => study.test.length === 0 ? null : card("On the test part",
    pairs(study.test.map(score => [score.name, figure(score.value, 6)])));

/** How much better the best trial is than the defaults, and how much of that is left on data that the search has not looked at. */
function gainCard() {
    if (study.gain === null) {
        return null;
    }
    return card("Gain over the defaults",
        study.gain.unknown ? el("p", {}, study.gain.unknown) : null,
        study.gain.objectives.map(gainTable));
}

function gainTable(gain) {
    const hasTest = gain.test !== null;
    const row = (name, ...values) => el("tr", {},
        el("th", { scope: "row" }, name),
        values.slice(0, hasTest ? 2 : 1).map(value => el("td", {}, figure(value, 4))));
    return [
        el("table", { class: "gain" },
            el("thead", {}, el("tr", {},
                ["", gain.folds > 0 ? `${gain.folds} folds` : "validation", ...(hasTest ? ["test"] : [])].map(head =>
                    el("th", { scope: "col" }, head)))),
            el("tbody", {},
                row(`${gain.name} of the defaults`, gain.defaultsValidation, gain.defaultsTest),
                row(`${gain.name} of ${study.best === null ? "the best" : `trial ${trials.number[study.best]}`}`,
                    gain.bestValidation, gain.bestTest),
                row("gain", gain.validation, gain.test))),
        el("p", {}, gain.words[0].toUpperCase() + gain.words.slice(1) + "."),
    ];
}

/** The reasons whose stack trace is shown. */
const openFailures = new Set();

/** Failures by reason. Reasons that differ only in their numbers are the same. */
function failuresCard() {
    const failed = trialsIn("f");
    if (failed.length === 0) {
        return null;
    }
    const groups = new Map();
    for (const i of failed) {
        const reason = [textOf(trials.step[i]), textOf(trials.reason[i])].filter(Boolean).join(": ") || "no reason is known";
        const key = reason.replace(/-?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?/gi, "0");
        groups.set(key, [...(groups.get(key) ?? []), [i, reason]]);
    }
    const shown = [...groups].sort(([, a], [, b]) => b.length - a.length).slice(0, 8);
    return card("Failures", el("ul", {}, shown.map(([key, group]) => el("li", {},
        el("button", {
            type: "button", class: "link", title: "Select these trials",
            onclick: () => selection.set("brush", maskOf(i => group.some(([member]) => member === i))),
        }, `${group.length} ×`), " ", shortened(group[0][1], 300), " (", trialLink(group[0][0]), onHost(group[0][0]), ")",
        failureDetails(key, group[0][0])))),
        groups.size > shown.length ? el("p", {}, `and ${counted(groups.size - shown.length, "other reason")}`) : null);
}

/** The stack trace of a trial and the end of what it printed, behind a mark that opens them. */
function failureDetails(key, i) {
    const parts = [
        passage("Stack trace", textOf(trials.stack[i])), passage("The end of what it printed", textOf(trials.log[i])),
    ].filter(Boolean);
    return parts.length === 0 ? null : el("details", {
        open: openFailures.has(key),
        ontoggle: event => openFailures[event.target.open ? "add" : "delete"](key),
    }, el("summary", {}, "where, and what it printed"), parts);
}

/** What was different between the trials: inputs, and the space. */
function changesCard() {
    const left = trialsIn("o");
    const dropped = parameters.filter(parameter => !parameter.isSearched);
    const lines = [
        ...(study.inputs.length > 1 ? study.inputs.map(inputs => el("li", {},
            `${counted(inputs.trials, "trial")} of the inputs ${inputs.id.slice(0, 12)}, from `, trialLink(inputs.first),
            inputs.difference ? `: ${inputs.difference}` : "")) : []),
        ...(left.length > 0 ? [el("li", {}, `${counted(left.length, "trial")} of another space, `, trialLink(left[0]),
            left.length > 1 ? " and others" : "", ", which the search does not count")] : []),
        ...(dropped.length > 0 ? [el("li", {}, `no longer searched: ${dropped.map(parameter => parameter.name).join(", ")}`)] : []),
    ];
    return lines.length === 0 ? null : card("Changed during the study", el("ul", {}, lines));
}

function notesCard() {
    const attributes = study.attributes.map(attribute => [attribute.name, shortened(attribute.text, 400)]);
    return study.notes.length + attributes.length === 0 ? null : card("Notes",
        study.notes.map(note => el("p", {}, note)),
        attributes.length > 0 ? pairs(attributes) : null);
}
