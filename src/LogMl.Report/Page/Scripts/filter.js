/** The bar that selects trials by their state and by an expression, and says how many are selected. */
function makeFilter() {
    const hidden = new Set();
    const chips = states.map(state => {
        const chip = el("button", {
            type: "button", class: "chip", "aria-pressed": "true",
            onclick: () => {
                hidden.has(state.letter) ? hidden.delete(state.letter) : hidden.add(state.letter);
                selection.set("states", shownStates());
            },
        },
        el("span", { class: `swatch ${state.name}`, "aria-hidden": "true" }),
        el("span", {}));
        return [state, chip];
    });
    const shownStates = () => hidden.size === 0 ? null : maskOf(i => !hidden.has(trials.state[i]));
    const [box, message] = [byId("expression"), byId("expression-error")];
    let lastCondition = null;

    /** The trials for which the expression holds. What cannot be read leaves those of the one before. */
    function shownByExpression() {
        try {
            const condition = parseExpression(box.value);
            message.textContent = "";
            lastCondition = condition;
        } catch (error) {
            message.textContent = error.message;
        }
        return lastCondition === null ? null : maskOf(lastCondition);
    }
    box.placeholder = exampleExpression();
    let waiting = 0;
    box.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => selection.set("expression", shownByExpression()), 150);
    });
    byId("states").append(...chips.map(([, chip]) => chip));
    byId("clear").addEventListener("click", () => {
        hidden.clear();
        box.value = message.textContent = "";
        lastCondition = null;
        selection.clear();
    });
    study.objectives.forEach((objective, k) => byId("logs").append(tick(
        study.objectives.length > 1 ? `log ${objective.name}` : "log scale", view.log[k],
        value => { view.log[k] = value; figures.forEach(figure => figure.redraw()); })));

    const show = () => {
        chips.forEach(([state, chip]) => {
            const count = presentStates.find(present => present.letter === state.letter)?.members.length ?? 0;
            chip.hidden = count === 0;
            chip.lastChild.textContent = `${state.name} ${count.toLocaleString("en")}`;
            chip.setAttribute("aria-pressed", String(!hidden.has(state.letter)));
        });
        byId("selected").textContent = selection.mask === null
            ? counted(trials.count, "trial") : `${selection.size.toLocaleString("en")} of ${counted(trials.count, "trial")} selected`;
        byId("clear").hidden = selection.mask === null;
    };
    selection.onChange(show);
    onReport(() => {
        selection.follow({ states: shownStates(), expression: shownByExpression() });
        show();
    });
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
