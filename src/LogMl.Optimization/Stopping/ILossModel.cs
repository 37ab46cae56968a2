namespace LogMl.Optimization.Stopping;

/// <summary>A model of the loss, in the unit of the loss and in the sign in which lower is better.</summary>
internal interface ILossModel
{
    /// <summary>The standard deviation of the noise of a single loss.</summary>
    double Noise { get; }

    /// <summary>The mean and the standard deviation of the noise-free loss at a point.</summary>
    (double Mean, double Deviation) At(ParameterValues point);
}
