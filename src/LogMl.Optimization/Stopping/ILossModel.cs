namespace LogMl.Optimization.Stopping;

/// <summary>What a model believes about the loss, in the unit of the loss and in the sign in which lower is better.</summary>
internal interface ILossModel
{
    /// <summary>The standard deviation of the noise of an observation.</summary>
    double Noise { get; }

    /// <summary>The mean and the standard deviation of the loss without noise at a point.</summary>
    (double Mean, double Deviation) At(ParameterValues point);
}
