"""Face detection, cropping as FER-2013 was cropped, and rating with the shipped network. No TensorFlow."""
