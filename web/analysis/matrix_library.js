export { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
