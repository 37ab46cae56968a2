/**
 * The selection: a set of trials, which all plots and the table show. It is what the brush, the expression and the states have in common.
 * mask is null while everything is selected, else it has 1 for each selected trial.
 */
const selection = (() => {
    const parts = { brush: null, expression: null, states: null };
    const listeners = [];
    const state = { mask: null, size: trials.count };

    /** The selection of the parts together. */
    function join() {
        const masks = Object.values(parts).filter(part => part !== null);
        state.mask = masks.length === 0 ? null : Uint8Array.from(everyTrial, i => masks.every(mask => mask[i]) ? 1 : 0);
        state.size = state.mask === null ? trials.count : state.mask.reduce((sum, bit) => sum + bit, 0);
    }

    function update() {
        join();
        listeners.forEach(listener => listener());
    }

    // The same trials stay selected when there are others. The other parts are of the filter.
    onReport(before => {
        const { brush } = parts;
        if (brush !== null) {
            const chosen = new Set(before.number.filter((_, i) => brush[i] === 1));
            parts.brush = maskOf(i => chosen.has(trials.number[i]));
        }
        join();
    });

    return {
        get mask() { return state.mask; },
        get size() { return state.size; },
        has: i => state.mask === null || state.mask[i] === 1,
        part: name => parts[name],
        set(name, mask) {
            parts[name] = mask;
            update();
        },
        /** Sets the parts for other trials. Who shows the selection shows it anew then. */
        follow(masks) {
            Object.assign(parts, masks);
            join();
        },
        clear() {
            Object.keys(parts).forEach(name => { parts[name] = null; });
            update();
        },
        onChange: listener => listeners.push(listener),
    };
})();

/** A mask with the trials for which a condition holds. */
const maskOf = condition => Uint8Array.from(everyTrial, i => condition(i) ? 1 : 0);
