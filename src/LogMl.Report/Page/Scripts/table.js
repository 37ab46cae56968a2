/** The height of a row in pixels. Only the rows that are seen are made. */
const rowHeight = 30;
const spareRows = 12;

/** So many rows are printed. */
const printedRows = 100;

/** The table of the trials that are selected. */
function makeTable() {
    const [scroller, head, body] = [byId("rows"), byId("table-head"), byId("table-body")];
    const gap = () => el("tr", { class: "gap", "aria-hidden": "true" }, el("td"));
    const [above, below] = [gap(), gap()];
    body.append(above, below);
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
        const shown = Math.max(0, Math.min(rows.length - first, Math.ceil(scroller.clientHeight / rowHeight) + 2 * spareRows));
        const tabbed = Math.max(first, Math.min(focused, first + shown - 1));
        const hadFocus = body.contains(document.activeElement);
        show(first, shown, tabbed);
        if (hadFocus) {
            body.querySelector(`[data-row="${focused}"]`)?.focus({ preventScroll: true });
        }
    }

    /**
     * Shows some rows. An element stays where it is and takes the text of its row: one that is replaced while it is clicked loses the
     * click.
     */
    function show(first, count, tabbed) {
        setGap(above, first);
        setGap(below, rows.length - first - count);
        while (body.rows.length > count + 2) {
            below.previousSibling.remove();
        }
        while (body.rows.length < count + 2) {
            below.before(el("tr"));
        }
        for (let n = first; n < first + count; n++) {
            write(body.rows[n - first + 1], n, n === tabbed);
        }
    }

    function write(line, n, isTabbed) {
        const i = rows[n];
        line.className = stateOf(i).name;
        line.tabIndex = isTabbed ? 0 : -1;
        line.dataset.row = n;
        line.setAttribute("aria-rowindex", n + 2);
        if (line.cells.length !== columns.length) {
            line.replaceChildren(...columns.map(() => el("td")));
        }
        columns.forEach((column, c) => {
            const [cell, text] = [line.cells[c], column.text(i) ?? ""];
            cell.className = column.isText ? "text" : "";
            if (cell.textContent !== text) {
                cell.textContent = text;
            }
        });
    }

    function setGap(line, count) {
        line.firstChild.colSpan = columns.length;
        line.firstChild.style.height = `${count * rowHeight}px`;
    }

    addEventListener("beforeprint", () => {
        byId("table-count").textContent = rows.length > printedRows ? `the first ${printedRows} of ${rows.length}` : "";
        const count = Math.min(rows.length, printedRows);
        show(0, count, 0);
        setGap(below, 0);
    });
    addEventListener("afterprint", refresh);

    body.addEventListener("click", event => {
        const line = event.target.closest("[data-row]");
        if (line !== null) {
            showTrial(rows[line.dataset.row]);
        }
    });

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
