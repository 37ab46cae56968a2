/** The figures of the page. Each is drawn when it is first seen, and brought up to date when it is seen again. */
const figures = [];

/** What the parts of the page that are made anew for other parameters do when there is another report. */
const partListeners = [];
const onParts = listener => partListeners.push(listener);

/** An option that may depend on the data. */
const valueOf = option => typeof option === "function" ? option() : option;

const observer = new IntersectionObserver(entries => entries.forEach(entry => {
    const seen = figures.find(figure => figure.element === entry.target);
    if (seen) {
        seen.isSeen = entry.isIntersecting;
        seen.update();
    }
}), { rootMargin: "300px" });

const resizes = new ResizeObserver(entries => entries.forEach(entry =>
    figures.find(figure => figure.place === entry.target)?.resize()));

/** A titled place for a plot. */
class Figure {
    /**
     * options: title, help (a sentence below the title), height, width (least, in pixels), controls (elements), wide, tall, and isThere
     * (whether there is something to draw). Those that depend on the data are functions.
     */
    constructor(parent, options) {
        this.options = options;
        this.place = el("div", { class: "plot" });
        if (options.width) {
            this.place.style.minWidth = `${options.width}px`;
        }
        this.element = el("figure", { class: options.wide ? "wide" : options.tall ? "tall" : null },
            this.caption = el("figcaption", {}),
            options.controls?.length > 0 ? el("div", { class: "controls" }, options.controls) : null,
            el("div", { class: "scroll" }, this.place));
        this.place.setAttribute("role", "img");
        this.isSeen = false;
        this.isDrawn = false;
        this.isCurrent = false;
        this.anchor = document.createComment("");
        parent.append(this.anchor);
        figures.push(this);
        this.settle();
        observer.observe(this.element);
        resizes.observe(this.place);
    }

    /** Whether it is on the page. */
    get isThere() {
        return this.element.isConnected;
    }

    /** Puts the figure into its place, with its words and its size, or takes it out when there is nothing to draw. */
    settle() {
        const [title, help] = [valueOf(this.options.title), valueOf(this.options.help)];
        renew(this.caption, [el("h3", {}, title), ...(help ? [el("p", {}, help)] : [])]);
        this.place.setAttribute("aria-label", `${title}. ${help ?? ""}`);
        this.place.style.height = `${valueOf(this.options.height) ?? 300}px`;
        const isThere = trials.count > 0 && (valueOf(this.options.isThere) ?? true);
        if (isThere !== this.isThere) {
            isThere ? this.anchor.after(this.element) : this.element.remove();
        }
    }

    /** Shows other data. */
    follow() {
        this.settle();
        this.redraw();
    }

    /** Takes the figure away for ever. */
    dispose() {
        observer.unobserve(this.element);
        resizes.unobserve(this.place);
        this.element.remove();
        this.anchor.remove();
        figures.splice(figures.indexOf(this), 1);
    }

    /** Draws the whole figure anew: its data or the colours are others. */
    redraw() {
        this.isDrawn = false;
        this.update();
    }

    /** Brings the figure up to date with the selection. */
    select() {
        this.isCurrent = false;
        this.update();
    }

    /** Does now what is to be done, or leaves it until the figure is seen. */
    update(evenUnseen = false) {
        if (!this.isThere || (!this.isSeen && !evenUnseen)) {
            return;
        }
        if (!this.isDrawn) {
            this.isDrawn = this.isCurrent = true;
            this.draw();
        } else if (!this.isCurrent) {
            this.isCurrent = true;
            this.highlight();
        }
    }
}

selection.onChange(() => figures.forEach(figure => figure.select()));
theme.onChange(() => figures.forEach(figure => figure.redraw()));
addEventListener("beforeprint", () => figures.forEach(figure => figure.update(true)));
