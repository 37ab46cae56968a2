using Microsoft.ML;

namespace Classifiers;

/// <summary>A trained model of any of the learners.</summary>
public sealed class Classifier
{
    private readonly MLContext _context;
    private readonly ITransformer _model;
    private readonly DataViewSchema _schema;

    private Classifier(MLContext context, ITransformer model, DataViewSchema schema)
    {
        _context = context;
        _model = model;
        _schema = schema;
    }

    internal static Classifier Train(IEstimator<ITransformer> learner, Digit[] digits)
    {
        var context = new MLContext(seed: 1);
        var rows = context.Data.LoadFromEnumerable(digits);
        var pipeline = context.Transforms.NormalizeMinMax(nameof(Digit.Pixels)).AppendCacheCheckpoint(context).Append(learner);
        return new Classifier(context, pipeline.Fit(rows), rows.Schema);
    }

    internal Evaluation Evaluate(Digit[] digits)
    {
        var scored = _model.Transform(_context.Data.LoadFromEnumerable(digits));
        var metrics = _context.MulticlassClassification.Evaluate(scored, nameof(Digit.Label));
        return new Evaluation(metrics.LogLoss, metrics.MicroAccuracy);
    }

    internal void Save(string path) => _context.Model.Save(_model, _schema, path);
}
