namespace Xor;

/// <summary>
/// A neural network with two inputs, one hidden layer of tanh neurons and one output: the probability that the label is true. A single
/// neuron cannot learn exclusive or, more neurons draw the border ever sharper; the learning rate decides how far they get in the time they
/// have.
/// </summary>
public sealed class Network
{
    // For each hidden neuron: the weights of both inputs, the bias, and the weight of the neuron in the output.
    private readonly double[] _weightX;
    private readonly double[] _weightY;
    private readonly double[] _bias;
    private readonly double[] _weightOut;
    private readonly double[] _hidden;
    private double _biasOut;

    /// <summary>Makes a network with small random weights.</summary>
    public Network(int numNeurons, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numNeurons);
        _weightX = RandomWeights(numNeurons, random);
        _weightY = RandomWeights(numNeurons, random);
        _bias = RandomWeights(numNeurons, random);
        _weightOut = RandomWeights(numNeurons, random);
        _hidden = new double[numNeurons];
    }

    /// <summary>The probability that the label of (x, y) is true.</summary>
    public double Predict(double x, double y)
    {
        var sum = _biasOut;
        for (var i = 0; i < _hidden.Length; i++)
        {
            _hidden[i] = Math.Tanh(_weightX[i] * x + _weightY[i] * y + _bias[i]);
            sum += _weightOut[i] * _hidden[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>One step of gradient descent on the log-loss of one sample.</summary>
    public void Learn(Sample sample, double learningRate)
    {
        // For the log-loss of a sigmoid, the gradient at the output's sum is just the difference between what is said and what is true.
        var error = Predict(sample.X, sample.Y) - (sample.Label ? 1 : 0);
        for (var i = 0; i < _hidden.Length; i++)
        {
            var errorHidden = error * _weightOut[i] * (1 - _hidden[i] * _hidden[i]);
            _weightOut[i] -= learningRate * error * _hidden[i];
            _weightX[i] -= learningRate * errorHidden * sample.X;
            _weightY[i] -= learningRate * errorHidden * sample.Y;
            _bias[i] -= learningRate * errorHidden;
        }

        _biasOut -= learningRate * error;
    }

    private static double[] RandomWeights(int count, Random random)
    {
        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = 2 * random.NextDouble() - 1;
        }

        return weights;
    }
}
