/** The bar that selects trials by their state and by an expression, and says how many are selected. */
function makeFilter() {
    const hidden = new Set();
    const chips = presentStates.map(state => {
        const chip = el("button", {
            type: "button", class: "chip", "aria-pressed": "true",
            onclick: () => {
                hidden.has(state.letter) ? hidden.delete(state.letter) : hidden.add(state.letter);
                selection.set("states", hidden.size === 0 ? null : maskOf(i => !hidden.has(trials.state[i])));
            },
        },
        el("span", { class: `swatch ${state.name}`, "aria-hidden": "true" }),
        `${state.name} ${state.members.length.toLocaleString("en")}`);
        return [state, chip];
    });
    const [box, message] = [byId("expression"), byId("expression-error")];
    const read = () => {
        try {
            const condition = parseExpression(box.value);
            message.textContent = "";
            selection.set("expression", condition === null ? null : maskOf(condition));
        } catch (error) {
            message.textContent = error.message;
        }
    };
    box.placeholder = exampleExpression();
    let waiting = 0;
    box.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(read, 150);
    });
    byId("states").append(...chips.map(([, chip]) => chip));
    byId("clear").addEventListener("click", () => {
        hidden.clear();
        box.value = message.textContent = "";
        selection.clear();
    });
    study.objectives.forEach((objective, k) => byId("logs").append(tick(
        study.objectives.length > 1 ? `log ${objective.name}` : "log scale", view.log[k],
        value => { view.log[k] = value; figures.forEach(figure => figure.redraw()); })));

    const show = () => {
        chips.forEach(([state, chip]) => chip.setAttribute("aria-pressed", String(!hidden.has(state.letter))));
        byId("selected").textContent = selection.mask === null
            ? counted(trials.count, "trial") : `${selection.size.toLocaleString("en")} of ${counted(trials.count, "trial")} selected`;
        byId("clear").hidden = selection.mask === null;
    };
    selection.onChange(show);
    show();
}

/** An expression that fits the study. */
function exampleExpression() {
    const name = text => /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(text) ? text : `\`${text}\``;
    const [objective] = study.objectives;
    const good = ranked.length > 0 ? figure(trials.objectives[0][ranked[Math.floor(ranked.length / 4)]], 3) : "0";
    const numeric = byImportance.find(p => !parameters[p].options);
    const typical = numeric === undefined ? undefined : finiteSorted(trials.values[numeric]);
    return `${name(objective.name)} ${objective.maximize ? ">" : "<"} ${good}`
        + (typical?.length > 0 ? ` and ${name(shortNames[numeric])} > ${figure(quantile(typical, 0.5), 2)}` : "");
}
