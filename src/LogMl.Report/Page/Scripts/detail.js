/** The dialog that shows all about a trial. */
const detail = byId("detail");

/** The number of the trial that it shows. */
let shownNumber = null;

function showTrial(i) {
    shownNumber = trials.number[i];
    const state = stateOf(i);
    const parts = [
        el("header", {},
            el("h2", {}, `Trial ${trials.number[i]} `, el("span", { class: `state ${state.name}` }, state.name)),
            el("button", { type: "button", onclick: () => detail.close(), "aria-label": "Close" }, "✕")),
        el("div", { class: "columns" },
            facts("Result", resultsOf(i)),
            facts("Parameters", parameters.map((parameter, p) => [parameter.name, valueText(p, i)])),
            facts("Attributes", attributesOf(i))),
        passage("Reason", [textOf(trials.step[i]), textOf(trials.reason[i])].filter(Boolean).join(": ")),
        passage("Stack trace", textOf(trials.stack[i])),
        passage("The end of what it printed", textOf(trials.log[i])),
        yamlBlock(i),
    ];
    renew(detail, parts.filter(Boolean));
    if (!detail.open) {
        detail.showModal();
    }
}

function resultsOf(i) {
    return [
        ...study.objectives.map((objective, k) => [objective.name, figure(trials.objectives[k][i], 8)]),
        ["last report", lastReportOf(i)],
        ...(trials.violation ? [["violated constraints", figure(trials.violation[i])]] : []),
        ...trials.metrics.map(metric => [metric.name, Number.isNaN(metric.values[i]) ? null : figure(metric.values[i], 6)]),
        ["rank", Number.isNaN(rankShare[i]) ? null : `${ranked.indexOf(i) + 1} of ${ranked.length}`],
        ["started", moment(trials.origin + trials.start[i])],
        ["duration", duration(trials.seconds[i])],
        ["machine", textOf(trials.host[i]) || null],
        ["worker", textOf(trials.worker[i]) || null],
    ];
}

function attributesOf(i) {
    const json = textOf(trials.attributes[i]);
    try {
        return json === "" ? [] : Object.entries(JSON.parse(json))
            .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
    } catch {
        return [["all", json]];
    }
}

/** A list of names and values; nothing when there is none. */
function facts(title, entries) {
    const present = entries.filter(([, value]) => value !== null && value !== undefined);
    return present.length === 0 ? null : el("section", {},
        el("h3", {}, title),
        pairs(present));
}

const passage = (title, text) => text === "" ? null : el("section", {}, el("h3", {}, title), el("pre", { tabindex: "0" }, text));

/** The parameters of a trial as YAML, with a button that copies them. */
function yamlBlock(i) {
    const yaml = functionsYaml(i);
    const button = el("button", { type: "button", class: "copy", onclick: () => copy(yaml, button) }, "Copy");
    return el("section", { class: "yaml" }, el("h3", {}, "For logml.yaml ", button), el("pre", { tabindex: "0" }, yaml));
}

onReport(() => {
    const i = trials.number.indexOf(shownNumber);
    if (detail.open && i >= 0) {
        showTrial(i);
    }
});

// A click beside the dialog closes it.
detail.addEventListener("click", event => {
    if (event.target === detail) {
        detail.close();
    }
});
