using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace BreastCancer;

/// <summary>Gradient boosted trees, trained by LightGBM through ML.NET.</summary>
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

    internal static Classifier Train(Tumor[] tumors, LightGbmBinaryTrainer.Options options)
    {
        var context = new MLContext(seed: 1);
        var rows = ViewOf(context, tumors);
        options.LabelColumnName = nameof(Tumor.Malignant);
        options.FeatureColumnName = nameof(Tumor.Features);
        return new Classifier(context, context.BinaryClassification.Trainers.LightGbm(options).Fit(rows), rows.Schema);
    }

    internal Evaluation Evaluate(Tumor[] tumors)
    {
        var metrics = _context.BinaryClassification.Evaluate(_model.Transform(ViewOf(_context, tumors)), nameof(Tumor.Malignant));
        // ML.NET gives the log-loss in bits; the field's custom is the natural logarithm.
        return new Evaluation(metrics.LogLoss * Math.Log(2), metrics.Accuracy, metrics.AreaUnderRocCurve);
    }

    internal void Save(string path) => _context.Model.Save(_model, _schema, path);

    private static IDataView ViewOf(MLContext context, Tumor[] tumors)
    {
        // The length of the feature vector depends on the preprocessing, so an attribute on the class cannot say it.
        var schema = SchemaDefinition.Create(typeof(Tumor));
        schema[nameof(Tumor.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, tumors[0].Features.Length);
        return context.Data.LoadFromEnumerable(tumors, schema);
    }
}
