namespace Xor;

/// <summary>
/// The steps of the workflow. Each attribute names a step; the generator chains the methods by what they take and give, and makes
/// the parameter records (<c>ModelCreateParameters</c>, ...) from logml.yaml. Nothing here knows that it is being tuned.
/// </summary>
public static class XorSteps
{
    /// <summary>
    /// Points of the square [-1, 1] x [-1, 1], labelled by the quadrant that they are in, then moved a little by noise. A step may take
    /// single parameters by name: <c>num_samples</c> in the YAML is <c>numSamples</c> here.
    /// </summary>
    [WorkflowStep("dataset_create")]
    public static Sample[] Create(int numSamples, double noise, Random random)
    {
        var samples = new Sample[numSamples];
        for (var i = 0; i < numSamples; i++)
        {
            var x = 2 * random.NextDouble() - 1;
            var y = 2 * random.NextDouble() - 1;
            var label = x > 0 != y > 0;
            samples[i] = new Sample(x + noise * Gaussian(random), y + noise * Gaussian(random), label);
        }

        return samples;
    }

    // There is no dataset_split here: arrays and lists are split by split_validate and split_test of logml.yaml.

    /// <summary>A network that knows nothing yet. A step may also take all of its parameters as one record.</summary>
    [WorkflowStep("model_create")]
    public static Network Build(ModelCreateParameters parameters, Random random) => new(parameters.NumNeurons, random);

    /// <summary>Shows the network all samples, <c>epochs</c> times.</summary>
    [WorkflowStep("model_train")]
    public static void Train(Network network, Sample[] train, ModelTrainParameters parameters, ITrial trial)
    {
        for (var epoch = 0; epoch < parameters.Epochs; epoch++)
        {
            trial.CancellationToken.ThrowIfCancellationRequested();
            foreach (var sample in train)
            {
                network.Learn(sample, parameters.LearningRate);
            }

            // What the pruner of logml.yaml compares with other trials. A hopeless one ends here.
            trial.Report(LogLoss(network, train), epoch);
            trial.ThrowIfPruned();
        }
    }

    /// <summary>
    /// What the search makes small: the mean log-loss, measured on the validation part, which the training has not seen. 0.69 is a coin's.
    /// </summary>
    [WorkflowStep("model_evaluate")]
    public static double LogLoss(Network network, Sample[] data)
    {
        var sum = 0.0;
        foreach (var sample in data)
        {
            var probability = network.Predict(sample.X, sample.Y);
            var ofTheTruth = sample.Label ? probability : 1 - probability;
            sum -= Math.Log(Math.Max(ofTheTruth, 1e-15));
        }

        return sum / data.Length;
    }

    /// <summary>One normally distributed number (Box and Muller, 1958).</summary>
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
