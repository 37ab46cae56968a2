/** The height of a row in pixels. Only the rows that are seen are made. */
const rowHeight = 30;
const spareRows = 12;

/** So many rows are printed. */
const printedRows = 100;

/** The table of the trials that are selected. */
function makeTable() {
    const [scroller, head, body] = [byId("rows"), byId("table-head"), byId("table-body")];
    let columns = tableColumns();
    let heads = [];
    const order = { column: columns[0].name, down: false };
    let sorted = [];
    let rows = [];
    let focused = 0;
    let isSeen = false;

    function makeHeads() {
        heads = columns.map(column => el("th", {
            scope: "col", "aria-sort": "none", title: column.title ?? null, class: column.isText ? "text" : null,
        },
            el("button", { type: "button", onclick: () => sortBy(column.name) }, column.name)));
        head.replaceChildren(el("tr", {}, heads));
    }

    function sortBy(name) {
        order.down = order.column === name && !order.down;
        order.column = name;
        sort();
    }

    function sort() {
        heads.forEach((cell, c) => cell.setAttribute(
            "aria-sort", columns[c].name !== order.column ? "none" : order.down ? "descending" : "ascending"));
        const { key } = columns.find(({ name }) => name === order.column) ?? columns[0];
        const sign = order.down ? -1 : 1;
        const keys = everyTrial.map(key);
        sorted = everyTrial.toSorted((a, b) => compare(keys[a], keys[b], sign) || a - b);
        refresh();
    }

    function refresh() {
        rows = selection.mask === null ? sorted : sorted.filter(selection.has);
        focused = Math.min(focused, Math.max(rows.length - 1, 0));
        byId("table").setAttribute("aria-rowcount", rows.length + 1);
        byId("table-count").textContent = rows.length === trials.count ? "" : `${counted(rows.length, "trial")} selected`;
        draw();
    }

    function draw() {
        if (!isSeen) {
            return;
        }
        const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - spareRows);
        const shown = rows.slice(first, first + Math.ceil(scroller.clientHeight / rowHeight) + 2 * spareRows);
        const tabbed = Math.max(first, Math.min(focused, first + shown.length - 1));
        const hadFocus = body.contains(document.activeElement);
        const gap = height => {
            const filler = el("tr", { class: "gap", "aria-hidden": "true" }, el("td", { colspan: columns.length }));
            filler.firstChild.style.height = `${height}px`;
            return filler;
        };
        body.replaceChildren(
            gap(first * rowHeight),
            ...shown.map((i, n) => row(i, first + n, first + n === tabbed)),
            gap(Math.max(0, rows.length - first - shown.length) * rowHeight));
        if (hadFocus) {
            body.querySelector(`[data-row="${focused}"]`)?.focus({ preventScroll: true });
        }
    }

    addEventListener("beforeprint", () => {
        byId("table-count").textContent = rows.length > printedRows ? `the first ${printedRows} of ${rows.length}` : "";
        body.replaceChildren(...rows.slice(0, printedRows).map((i, n) => row(i, n, n === 0)));
    });
    addEventListener("afterprint", refresh);

    const row = (i, n, isTabbed) => el("tr", {
        class: stateOf(i).name, tabindex: isTabbed ? "0" : "-1", "data-row": n, "aria-rowindex": n + 2, onclick: () => showTrial(i),
    }, columns.map(column => el("td", { class: column.isText ? "text" : null }, column.text(i))));

    function focusRow(n) {
        focused = Math.max(0, Math.min(n, rows.length - 1));
        const top = focused * rowHeight;
        const seen = scroller.clientHeight - 3 * rowHeight;
        scroller.scrollTop = Math.max(top - seen, Math.min(scroller.scrollTop, top));
        draw();
        body.querySelector(`[data-row="${focused}"]`)?.focus({ preventScroll: true });
    }

    const page = () => Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 2);
    const keys = {
        ArrowDown: () => focusRow(focused + 1),
        ArrowUp: () => focusRow(focused - 1),
        PageDown: () => focusRow(focused + page()),
        PageUp: () => focusRow(focused - page()),
        Home: () => focusRow(0),
        End: () => focusRow(rows.length - 1),
        Enter: () => rows.length > 0 && showTrial(rows[focused]),
    };
    body.addEventListener("keydown", event => {
        if (Object.hasOwn(keys, event.key)) {
            event.preventDefault();
            keys[event.key]();
        }
    });
    scroller.addEventListener("scroll", draw, { passive: true });
    new ResizeObserver(draw).observe(scroller);
    new IntersectionObserver(entries => {
        isSeen = entries.some(entry => entry.isIntersecting);
        draw();
    }, { rootMargin: "300px" }).observe(scroller);
    selection.onChange(refresh);

    // The trial at the top stays there, and so does the one with the focus.
    onReport(() => {
        const before = columns.map(({ name }) => name);
        columns = tableColumns();
        if (columns.length !== before.length || columns.some(({ name }, c) => name !== before[c])) {
            makeHeads();
        }
        const [top, current] = [Math.floor(scroller.scrollTop / rowHeight), focused].map(n => rows[n]);
        const past = scroller.scrollTop % rowHeight;
        const wasScrolled = scroller.scrollTop >= rowHeight;
        sort();
        focused = Math.max(0, rows.indexOf(current));
        if (wasScrolled && rows.includes(top)) {
            draw();
            scroller.scrollTop = rows.indexOf(top) * rowHeight + past;
        }
        draw();
    });
    makeHeads();
    sort();
}

/** What is absent comes last, whichever way one sorts. */
function compare(a, b, sign) {
    const [isA, isB] = [isThere(a), isThere(b)];
    return !isA || !isB ? isB - isA : sign * (a < b ? -1 : a > b ? 1 : 0);
}

/** The columns: what they are sorted by, and what they show. */
function tableColumns() {
    const number = (name, values, text = value => Number.isNaN(value) ? "" : figure(value, 6)) => ({
        name, key: i => values[i], text: i => text(values[i]),
    });
    return [
        number("trial", trials.number),
        { name: "state", key: i => states.findIndex(state => state.letter === trials.state[i]), text: i => stateOf(i).name, isText: true },
        ...study.objectives.map((objective, k) => number(objective.name, trials.objectives[k])),
        ...(trials.lastReport ? [number("last report", trials.lastReport)] : []),
        ...(trials.violation ? [number("violation", trials.violation)] : []),
        number("duration", trials.seconds, value => Number.isNaN(value) ? "" : duration(value)),
        ...byImportance.map(p => ({
            name: shortNames[p],
            title: parameters[p].name,
            key: i => parameters[p].options ? valueText(p, i) : trials.values[p][i],
            text: i => shortened(valueText(p, i) ?? "", 60),
            isText: parameters[p].options !== null,
        })),
        ...trials.metrics.map(metric => number(metric.name, metric.values)),
        { name: "reason", key: i => textOf(trials.reason[i]), text: i => shortened(textOf(trials.reason[i]), 80), isText: true },
    ];
}
