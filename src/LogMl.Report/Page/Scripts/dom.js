/** The element with an id. */
const byId = id => document.getElementById(id);

/**
 * Makes an element. Children that are no elements become text: nothing of a study is ever read as HTML.
 * A function is a listener (onclick), a truth value an attribute that is there or not.
 */
function el(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (typeof value === "function") {
            element.addEventListener(key.slice(2), value);
        } else if (value === true) {
            element.setAttribute(key, "");
        } else if (value !== false && value !== null && value !== undefined) {
            element.setAttribute(key, value);
        }
    }
    element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
    return element;
}

/**
 * Gives an element other children. A child that looks as the one in its place stays: what is selected in it stays so, and so does the
 * focus.
 */
function renew(parent, children) {
    children.forEach((child, n) => {
        const present = parent.childNodes[n];
        if (present === undefined) {
            parent.append(child);
        } else if (!present.isEqualNode(child)) {
            present.replaceWith(child);
        }
    });
    while (parent.childNodes.length > children.length) {
        parent.lastChild.remove();
    }
}

/** A list of names and their values. */
const pairs = entries => el("dl", {}, entries.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

/** A list to choose from: [value, text] for each option. */
function choose(label, options, value, onchange) {
    const list = el("select", { "aria-label": label, onchange: () => onchange(list.value) },
        options.map(([key, text]) => el("option", { value: key }, text)));
    list.value = value;
    return el("label", {}, label + " ", list);
}

/** A box to tick. */
function tick(label, isOn, onchange) {
    const box = el("input", { type: "checkbox", onchange: () => onchange(box.checked) });
    box.checked = isOn;
    return el("label", {}, box, " " + label);
}

/** Copies a text, and says so on the button. Without the right to the clipboard the old way is tried. */
async function copy(text, button) {
    const label = button.textContent;
    button.textContent = await toClipboard(text) ? "Copied" : "Copying is not allowed here";
    setTimeout(() => { button.textContent = label; }, 2000);
}

async function toClipboard(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const area = el("textarea", { readonly: true, class: "hidden-text" });
        area.value = text;
        document.body.append(area);
        area.select();
        const isDone = document.execCommand("copy");
        area.remove();
        return isDone;
    }
}
